package dev.drawbridge.auth.grant;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
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

import java.util.UUID;

/// What groups may do. Administered with the groups themselves, under `admin:groups`.
@Path(GrantResource.PATH)
@RunOnVirtualThread
@Authenticated
final class GrantResource {
    static final String PATH = "/api/v1/grants";
    private static final ProtectedObject AREA = ProtectedObject.admin("groups");

    private final GrantRepository grants;
    private final RevocationRepository revocations;
    private final Creations creations;
    private final CurrentCaller caller;
    private final Db db;
    private final Audit audit;

    GrantResource(
            GrantRepository grants,
            RevocationRepository revocations,
            Creations creations,
            CurrentCaller caller,
            Db db,
            Audit audit) {
        this.grants = grants;
        this.revocations = revocations;
        this.creations = creations;
        this.caller = caller;
        this.db = db;
        this.audit = audit;
    }

    record NewGrant(
            @Nullable UUID groupId, @Nullable ProtectedObject object, @Nullable Level level) {}

    record GrantChange(@Nullable Level level) {}

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable NewGrant body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        NewGrant wanted = Required.body(body);
        UUID group = Required.field("groupId", wanted.groupId());
        ProtectedObject object = Required.field("object", wanted.object());
        Level level = level(wanted.level());
        Authorization.require(admin, level, object);
        return creations.once(
                new Creation(admin, key, PATH, wanted), () -> grant(admin, group, object, level));
    }

    private Created grant(Caller admin, UUID group, ProtectedObject object, Level level) {
        if (!grants.lockGroup(admin.tenant(), group)) {
            throw new Problem.NotFound("group", group.toString()).exception();
        }
        Grant grant =
                grants.insert(admin.tenant(), group, object, level)
                        .orElseThrow(() -> alreadyOn(object));
        revocations.announceMembers(admin.tenant(), group);
        audit.record(Act.by(admin, AuthAction.GRANT_CREATE, "group:" + group).with("after", grant));
        return Created.of(grant.id(), grant.version(), grant);
    }

    @GET
    public Page<Grant> list(
            @QueryParam("groupId") @Nullable String groupId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, AREA);
        Slice slice = Slice.parse(limit, cursor);
        UUID group = Required.id("groupId", groupId);
        return Page.of(grants.list(reader.tenant(), group, slice), slice, Grant::id);
    }

    @GET
    @Path("{id}")
    public Response get(UUID id) {
        Caller reader = caller.require(Level.READ, AREA);
        return answer(grants.find(reader.tenant(), id).orElseThrow(() -> none(id)));
    }

    @PATCH
    @Path("{id}")
    public Response change(
            UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Nullable GrantChange body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        IfMatch expected = IfMatch.required(ifMatch, "grant");
        Level level = level(Required.body(body).level());
        return answer(
                db.transaction(() -> {
                    Grant before = grants.lock(admin.tenant(), id).orElseThrow(() -> none(id));
                    expected.check(before.version(), "grant");
                    Authorization.require(admin, level, before.object());
                    revocations.announceMembers(admin.tenant(), before.groupId());
                    Grant after =
                            grants.update(admin.tenant(), id, level).orElseThrow(() -> none(id));
                    audit.record(
                            Act.by(admin, AuthAction.GRANT_CHANGE, "group:" + before.groupId())
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
            Grant before = grants.lock(admin.tenant(), id).orElseThrow(() -> none(id));
            expected.check(before.version(), "grant");
            grants.delete(admin.tenant(), id);
            revocations.announceMembers(admin.tenant(), before.groupId());
            audit.record(
                    Act.by(admin, AuthAction.GRANT_DELETE, "group:" + before.groupId())
                            .with("before", before));
            return before;
        });
    }

    /// A grant of nothing is no grant: it would only look like a prohibition, which there is none
    /// of.
    private static Level level(@Nullable Level level) {
        Level given = Required.field("level", level);
        if (given == Level.NONE) {
            throw new Problem.Invalid("level", "must be read, write or admin").exception();
        }
        return given;
    }

    private static Response answer(Grant grant) {
        return Response.ok(grant).tag(Long.toString(grant.version())).build();
    }

    private static ProblemException alreadyOn(ProtectedObject object) {
        return new Problem.Conflict(
                        "The group has a grant on " + object + " already. Change that one.")
                .exception();
    }

    private static ProblemException none(UUID id) {
        return new Problem.NotFound("grant", id.toString()).exception();
    }
}
