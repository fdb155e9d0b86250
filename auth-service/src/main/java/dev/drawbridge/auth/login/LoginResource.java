package dev.drawbridge.auth.login;

import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Signing in, signing out, and who one is.
@Path("/api/v1/auth")
@RunOnVirtualThread
final class LoginResource {
    private static final String DEFAULT_TENANT = "default";

    private final Login login;
    private final ProofRepository proofs;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final CurrentCaller caller;
    private final Db db;

    LoginResource(
            Login login,
            ProofRepository proofs,
            SessionRepository sessions,
            RevocationRepository revocations,
            CurrentCaller caller,
            Db db) {
        this.login = login;
        this.proofs = proofs;
        this.sessions = sessions;
        this.revocations = revocations;
        this.caller = caller;
        this.db = db;
    }

    /// @param tenant `default` when absent
    /// @param otp a code of the second factor, or a recovery code
    record Credentials(
            @Nullable String username,
            @Nullable String password,
            @Nullable String tenant,
            @Nullable String otp) {}

    /// @param pending what has to be done before the session may anything else: `password` to be
    ///   changed, `second_factor` to be enrolled or shown
    record SignedIn(String token, Instant expiresAt, Person user, List<String> pending) {
        record Person(UUID id, String username) {}
    }

    record Me(
            UUID id,
            String username,
            String tenant,
            boolean superuser,
            List<String> groups,
            Map<String, Object> attributes,
            Caller.Credential credential,
            List<String> pending) {}

    @POST
    @Path("login")
    @PermitAll
    public Response login(@Nullable Credentials body) {
        Credentials shown = Required.body(body);
        String tenant = shown.tenant();
        Login.Opened opened =
                login.open(
                        new Login.Shown(
                                tenant == null ? DEFAULT_TENANT : tenant,
                                Required.field("username", shown.username()),
                                Required.field("password", shown.password()),
                                shown.otp()));
        return Response.ok(
                        new SignedIn(
                                opened.session().text(),
                                opened.expiresAt(),
                                new SignedIn.Person(opened.user(), opened.username()),
                                proofs.pending(
                                        tenant == null ? DEFAULT_TENANT : tenant,
                                        opened.user(),
                                        opened.id())))
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("logout")
    @Authenticated
    public void logout() {
        Caller leaving = caller.get();
        if (leaving.credential().type() != CredentialType.SESSION) {
            throw new Problem.Conflict("Only a session logs out. Revoke a token instead.")
                    .exception();
        }
        UUID session = leaving.credential().id();
        db.transaction(() -> {
            sessions.end(leaving.tenant(), session);
            revocations.announce(Revocation.ofCredential(session));
            return session;
        });
    }

    @GET
    @Path("me")
    @Authenticated
    public Me me() {
        Caller me = caller.get();
        return new Me(
                me.id(),
                me.username(),
                me.tenant(),
                me.superuser(),
                me.groups(),
                me.attributes(),
                me.credential(),
                RecentProof.isPending(me)
                        ? proofs.pending(me.tenant(), me.id(), me.credential().id())
                        : List.of());
    }
}
