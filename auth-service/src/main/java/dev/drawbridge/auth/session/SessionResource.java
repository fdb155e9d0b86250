package dev.drawbridge.auth.session;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Where people are signed in: one's own sessions, and with `admin:users` those of others. A scoped
/// token has no business with its owner's sessions.
@Path("/api/v1/auth/sessions")
@RunOnVirtualThread
@Authenticated
final class SessionResource {
    private static final ProtectedObject AREA = ProtectedObject.admin("users");

    private final SessionRepository repository;
    private final Sessions sessions;
    private final CurrentCaller caller;

    SessionResource(SessionRepository repository, Sessions sessions, CurrentCaller caller) {
        this.repository = repository;
        this.sessions = sessions;
        this.caller = caller;
    }

    /// One's own sessions that have not ended, or another user's.
    @GET
    public Page<Session> list(
            @QueryParam("userId") @Nullable String userId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.get();
        Slice slice = Slice.parse(limit, cursor);
        UUID user = whose(reader, Level.READ, userId);
        return Page.of(repository.list(reader, user, slice), slice, Session::id);
    }

    /// Ends one session.
    @DELETE
    @Path("{id}")
    public void end(UUID id) {
        Caller owner = caller.get();
        Session session =
                repository
                        .find(owner, id)
                        .filter(found -> mayEnd(owner, found))
                        .orElseThrow(
                                () -> new Problem.NotFound("session", id.toString()).exception());
        if (session.ofSuperuser()) {
            Ceiling.requireSuperuser(owner);
        }
        sessions.end(owner.tenant(), session.id());
    }

    /// Signs out everywhere: ends all of one's own sessions, the asking one too, or another user's.
    @DELETE
    public void endAll(@QueryParam("userId") @Nullable String userId) {
        Caller owner = caller.get();
        UUID user = whose(owner, Level.ADMIN, userId);
        boolean superuser =
                repository
                        .isSuperuser(owner.tenant(), user)
                        .orElseThrow(
                                () -> new Problem.NotFound("user", user.toString()).exception());
        if (superuser) {
            Ceiling.requireSuperuser(owner);
        }
        sessions.endAllOf(owner.tenant(), user);
    }

    private static boolean mayEnd(Caller owner, Session session) {
        return (session.userId().equals(owner.id()) && owner.scopes() == null)
                || Authorization.may(owner, Level.ADMIN, AREA);
    }

    private static UUID whose(Caller reader, Level needed, @Nullable String userId) {
        UUID user = Required.id("userId", userId);
        boolean own = user == null || user.equals(reader.id());
        if (!own || reader.scopes() != null) {
            Authorization.require(reader, needed, AREA);
        }
        return user == null ? reader.id() : user;
    }
}
