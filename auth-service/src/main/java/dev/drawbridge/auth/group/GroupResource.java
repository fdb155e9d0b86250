package dev.drawbridge.auth.group;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.sql.Db;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// Groups, administered under `admin:groups`.
@Path(GroupResource.PATH)
@RunOnVirtualThread
@Authenticated
final class GroupResource {
    static final String PATH = "/api/v1/groups";
    static final ProtectedObject AREA = ProtectedObject.admin("groups");

    private final GroupRepository groups;
    private final RevocationRepository revocations;
    private final RequiredFactor factor;
    private final Creations creations;
    private final CurrentCaller caller;
    private final Db db;
    private final Audit audit;

    GroupResource(
            GroupRepository groups,
            RevocationRepository revocations,
            RequiredFactor factor,
            Creations creations,
            CurrentCaller caller,
            Db db,
            Audit audit) {
        this.groups = groups;
        this.revocations = revocations;
        this.factor = factor;
        this.creations = creations;
        this.caller = caller;
        this.db = db;
        this.audit = audit;
    }

    record GroupRequest(@Nullable String name, @Nullable Boolean requiresSecondFactor) {}

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable GroupRequest body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        GroupRequest wanted = Required.body(body);
        Name name = Name.label("name", Required.field("name", wanted.name()));
        return creations.once(
                new Creation(admin, key, PATH, wanted),
                () -> {
                    Group group =
                            groups.insert(
                                    admin.tenant(),
                                    name,
                                    Boolean.TRUE.equals(wanted.requiresSecondFactor()));
                    audit.record(
                            Act.by(admin, AuthAction.GROUP_CREATE, "group:" + group.id())
                                    .with("after", group));
                    return Created.of(group.id(), group.version(), group);
                });
    }

    /// All groups, or only the one of a name.
    @GET
    public Page<Group> list(
            @QueryParam("name") @Nullable String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, AREA);
        Slice slice = Slice.parse(limit, cursor);
        List<Group> found =
                name == null
                        ? groups.list(reader.tenant(), null, slice)
                        : Name.findLabel(name)
                                .map(known -> groups.list(reader.tenant(), known.key(), slice))
                                .orElse(List.of());
        return Page.of(found, slice, Group::id);
    }

    @GET
    @Path("{id}")
    public Response get(UUID id) {
        Caller reader = caller.require(Level.READ, AREA);
        return answer(groups.get(reader.tenant(), id));
    }

    @PATCH
    @Path("{id}")
    public Response change(
            UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Nullable GroupRequest body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        IfMatch expected = IfMatch.required(ifMatch, "group");
        GroupRequest wanted = Required.body(body);
        String name = wanted.name();
        var change =
                new GroupRepository.Change(
                        name == null ? null : Name.label("name", name),
                        wanted.requiresSecondFactor());
        return answer(
                db.transaction(() -> {
                    Group before = lock(admin, id, expected);
                    if (before.requiresSecondFactor()
                            && Boolean.FALSE.equals(wanted.requiresSecondFactor())) {
                        factor.requireMayLift(admin, id);
                    }
                    revocations.announceMembers(admin.tenant(), id);
                    Group after = groups.change(admin.tenant(), id, change);
                    audit.record(
                            Act.by(admin, AuthAction.GROUP_CHANGE, "group:" + id)
                                    .with("before", before)
                                    .with("after", after));
                    return after;
                }));
    }

    @DELETE
    @Path("{id}")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        IfMatch expected = IfMatch.optional(ifMatch);
        db.transaction(() -> {
            Group before = lock(admin, id, expected);
            factor.requireMayLift(admin, id);
            revocations.announceMembers(admin.tenant(), id);
            groups.delete(admin.tenant(), id);
            audit.record(
                    Act.by(admin, AuthAction.GROUP_DELETE, "group:" + id).with("before", before));
            return before;
        });
    }

    private Group lock(Caller admin, UUID id, IfMatch expected) {
        Group group = groups.lock(admin.tenant(), id);
        expected.check(group.version(), "group");
        return group;
    }

    private static Response answer(Group group) {
        return Response.ok(group).tag(Long.toString(group.version())).build();
    }
}
