package dev.drawbridge.auth.login;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.session.SessionCookie;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
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
    private final Login login;
    private final ProofRepository proofs;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final CurrentCaller caller;
    private final ClientAddresses addresses;

    LoginResource(
            Login login,
            ProofRepository proofs,
            Sessions sessions,
            SessionCookie cookie,
            CurrentCaller caller,
            ClientAddresses addresses) {
        this.login = login;
        this.proofs = proofs;
        this.sessions = sessions;
        this.cookie = cookie;
        this.caller = caller;
        this.addresses = addresses;
    }

    /// @param tenant `default` when absent
    /// @param otp a code of the second factor, or a recovery code
    /// @param cookie whether a browser keeps the session as a cookie, and no script sees it
    record Credentials(
            @Nullable String username,
            @Nullable String password,
            @Nullable String tenant,
            @Nullable String otp,
            @Nullable Boolean cookie) {}

    /// @param token absent when it is in the cookie
    /// @param pending what has to be done before the session may anything else: `password` to be
    ///   changed, `second_factor` to be enrolled or shown
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignedIn(@Nullable String token, Instant expiresAt, Person user, List<String> pending) {
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
    public Response login(@Nullable Credentials body, @Context HttpServerRequest request) {
        Credentials shown = Required.body(body);
        boolean inCookie = Boolean.TRUE.equals(shown.cookie());
        if (inCookie) {
            cookie.requireOwnPage(request);
        }
        Login.Opened opened =
                login.open(
                        new Login.Shown(
                                Tenant.orDefault(shown.tenant()),
                                Required.field("username", shown.username()),
                                Required.field("password", shown.password()),
                                shown.otp()),
                        addresses.client(request));
        Sessions.Opened session = opened.session();
        return Response.ok(
                        new SignedIn(
                                inCookie ? null : session.secret().text(),
                                session.expiresAt(),
                                new SignedIn.Person(opened.user(), opened.username()),
                                session.pending()))
                .header("Cache-Control", "no-store")
                .cookie(
                        inCookie
                                ? new NewCookie[] {cookie.of(session.secret(), session.expiresAt())}
                                : new NewCookie[0])
                .build();
    }

    @POST
    @Path("logout")
    @Authenticated
    public Response logout() {
        Caller leaving = caller.get();
        if (leaving.credential().type() != CredentialType.SESSION) {
            throw new Problem.Conflict("Only a session logs out. Revoke a token instead.")
                    .exception();
        }
        sessions.end(leaving.tenant(), leaving.credential().id());
        return Response.noContent().cookie(cookie.cleared()).build();
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
