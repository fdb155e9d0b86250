package dev.drawbridge.auth.invitation;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.auth.user.Attributes;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Invitations, made under `admin:users`, and into groups under `admin:groups` as members are
/// added.
@Path(InvitationResource.PATH)
@RunOnVirtualThread
@Authenticated
final class InvitationResource {
    static final String PATH = "/api/v1/invitations";
    private static final ProtectedObject USERS = ProtectedObject.admin("users");
    private static final ProtectedObject GROUPS = ProtectedObject.admin("groups");
    private static final int MAX_GROUPS = 50;

    private final Invitations invitations;
    private final InvitationRepository repository;
    private final OneTimeLinks links;
    private final Ceiling ceiling;
    private final CurrentCaller caller;

    InvitationResource(
            Invitations invitations,
            InvitationRepository repository,
            OneTimeLinks links,
            Ceiling ceiling,
            CurrentCaller caller) {
        this.invitations = invitations;
        this.repository = repository;
        this.links = links;
        this.ceiling = ceiling;
        this.caller = caller;
    }

    /// @param groups ids
    record InvitationRequest(
            @Nullable String email,
            @Nullable String displayName,
            @Nullable List<@Nullable UUID> groups,
            @Nullable Map<String, @Nullable Object> attributes) {}

    /// The link is in the answer only where no letter could be sent.
    @POST
    public Response invite(@Nullable InvitationRequest body) {
        Caller admin = caller.require(Level.ADMIN, USERS);
        InvitationRequest wanted = Required.body(body);
        String email = wanted.email();
        String name = wanted.displayName();
        List<UUID> groups = groups(wanted.groups());
        requireGroups(admin, groups);
        Map<String, Object> attributes = Attributes.check(wanted.attributes());
        ceiling.requireAttributes(admin, attributes);
        var draft =
                new OneTimeLinks.Draft(
                        admin.tenant(),
                        admin.id(),
                        email == null ? null : EmailAddress.parse("email", email),
                        Invitation.details(
                                name == null ? null : Name.label("displayName", name).text(),
                                groups,
                                attributes));
        Invitation made = invitations.invite(admin, draft);
        return Response.created(URI.create(PATH + "/" + made.id()))
                .header("Cache-Control", "no-store")
                .entity(made)
                .build();
    }

    @GET
    public Page<Invitation> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, USERS);
        Slice slice = Slice.parse(limit, cursor);
        List<OneTimeLink> found = links.list(reader.tenant(), LinkPurpose.INVITATION, slice);
        return Page.of(
                found.stream().map(link -> Invitation.of(link, null)).toList(),
                slice,
                Invitation::id);
    }

    /// Takes an invitation back.
    @DELETE
    @Path("{id}")
    public void takeBack(UUID id) {
        Caller admin = caller.require(Level.ADMIN, USERS);
        if (!invitations.takeBack(admin, id)) {
            throw new Problem.NotFound("invitation", id.toString()).exception();
        }
    }

    private static List<UUID> groups(@Nullable List<@Nullable UUID> wanted) {
        List<UUID> groups = new ArrayList<>();
        if (wanted != null) {
            wanted.forEach(id -> groups.add(Required.field("groups[" + groups.size() + "]", id)));
        }
        return groups;
    }

    private void requireGroups(Caller admin, List<UUID> groups) {
        if (groups.isEmpty()) {
            return;
        }
        if (groups.size() > MAX_GROUPS || groups.stream().distinct().count() < groups.size()) {
            throw new Problem.Invalid("groups", "must be at most 50, each once").exception();
        }
        Authorization.require(admin, Level.ADMIN, GROUPS);
        List<UUID> known = repository.groups(admin.tenant(), groups);
        for (UUID group : groups) {
            if (!known.contains(group)) {
                throw new Problem.NotFound("group", group.toString()).exception();
            }
            ceiling.requireGroup(admin, group);
        }
    }
}
