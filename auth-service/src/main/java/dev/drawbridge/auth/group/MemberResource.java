package dev.drawbridge.auth.group;

import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// The members of a group.
@Path(GroupResource.PATH + "/{group}/members")
@RunOnVirtualThread
@Authenticated
final class MemberResource {
    private final GroupRepository groups;
    private final Members members;
    private final MemberRepository repository;
    private final Creations creations;
    private final CurrentCaller caller;

    MemberResource(
            GroupRepository groups,
            Members members,
            MemberRepository repository,
            Creations creations,
            CurrentCaller caller) {
        this.groups = groups;
        this.members = members;
        this.repository = repository;
        this.creations = creations;
        this.caller = caller;
    }

    /// One of the two.
    record NewMember(@Nullable UUID userId, @Nullable UUID groupId) {}

    @POST
    public Response add(
            UUID group,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable NewMember body) {
        Caller admin = caller.require(Level.ADMIN, GroupResource.AREA);
        NewMember wanted = Required.body(body);
        if ((wanted.userId() == null) == (wanted.groupId() == null)) {
            throw new Problem.Invalid("userId", "or groupId is required, not both").exception();
        }
        String path = GroupResource.PATH + "/" + group + "/members";
        return creations.once(
                new Creation(admin, key, path, wanted),
                () -> {
                    Membership added = add(admin, group, wanted);
                    return new Created(added.id(), null, added, false);
                });
    }

    private Membership add(Caller admin, UUID group, NewMember wanted) {
        UUID user = wanted.userId();
        return user == null
                ? members.addGroup(admin, group, Required.field("groupId", wanted.groupId()))
                : members.addUser(admin, group, user);
    }

    @GET
    public Page<Membership> list(
            UUID group,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, GroupResource.AREA);
        Slice slice = Slice.parse(limit, cursor);
        Group known = groups.get(reader.tenant(), group);
        return Page.of(repository.list(reader.tenant(), known.id(), slice), slice, Membership::id);
    }

    @GET
    @Path("{id}")
    public Membership get(UUID group, UUID id) {
        Caller reader = caller.require(Level.READ, GroupResource.AREA);
        return repository
                .find(reader.tenant(), group, id)
                .orElseThrow(() -> new Problem.NotFound("member", id.toString()).exception());
    }

    @DELETE
    @Path("{id}")
    public void remove(UUID group, UUID id) {
        members.remove(caller.require(Level.ADMIN, GroupResource.AREA), group, id);
    }
}
