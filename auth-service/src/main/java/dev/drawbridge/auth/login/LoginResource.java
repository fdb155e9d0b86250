package dev.drawbridge.auth.login;

import dev.drawbridge.auth.network.ClientAddresses;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
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
    private final Sessions sessions;
    private final CurrentCaller caller;
    private final ClientAddresses addresses;

    LoginResource(Login login, Sessions sessions, CurrentCaller caller, ClientAddresses addresses) {
        this.login = login;
        this.sessions = sessions;
        this.caller = caller;
        this.addresses = addresses;
    }

    /// @param tenant `default` when absent
    record Credentials(
            @Nullable String username, @Nullable String password, @Nullable String tenant) {}

    record SignedIn(String token, Instant expiresAt, Person user) {
        record Person(UUID id, String username) {}
    }

    record Me(
            UUID id,
            String username,
            String tenant,
            boolean superuser,
            List<String> groups,
            Map<String, Object> attributes,
            Caller.Credential credential) {}

    @POST
    @Path("login")
    @PermitAll
    public Response login(@Nullable Credentials body, @Context HttpServerRequest request) {
        Credentials shown = Required.body(body);
        String tenant = shown.tenant();
        Login.Opened opened =
                login.open(
                        tenant == null ? DEFAULT_TENANT : tenant,
                        Required.field("username", shown.username()),
                        Required.field("password", shown.password()),
                        addresses.of(request));
        return Response.ok(
                        new SignedIn(
                                opened.session().text(),
                                opened.expiresAt(),
                                new SignedIn.Person(opened.user(), opened.username())))
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
        sessions.end(leaving.tenant(), leaving.credential().id());
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
                me.credential());
    }
}
