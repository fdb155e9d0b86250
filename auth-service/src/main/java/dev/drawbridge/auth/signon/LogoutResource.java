package dev.drawbridge.auth.signon;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.external.ExternalLogoutRepository.Logout;
import dev.drawbridge.auth.oidc.CodeFlow;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.ProviderTokens;
import dev.drawbridge.auth.oidc.Providers;
import dev.drawbridge.auth.session.SessionCookie;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signing out on both sides: a person leaves here, or the provider says that they left there.
@Path(Addresses.PATH)
@RunOnVirtualThread
final class LogoutResource {
    private static final Logger LOG = Logger.getLogger(LogoutResource.class);

    private final Providers providers;
    private final ProviderTokens tokens;
    private final ExternalSessions sessions;
    private final SessionCookie cookie;
    private final CurrentCaller caller;
    private final RefusedSignOns refusals;
    private final ClientAddresses clients;

    LogoutResource(
            Providers providers,
            ProviderTokens tokens,
            ExternalSessions sessions,
            SessionCookie cookie,
            CurrentCaller caller,
            RefusedSignOns refusals,
            ClientAddresses clients) {
        this.providers = providers;
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookie = cookie;
        this.caller = caller;
        this.refusals = refusals;
        this.clients = clients;
    }

    /// @param location where the browser goes to sign out at the provider; absent where it offers
    ///   nothing of the kind
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LoggedOut(@Nullable String location) {}

    /// Ends the session, and says how to end the provider's (OpenID Connect RP-Initiated Logout
    /// 1.0).
    @POST
    @Path("logout")
    @Authenticated
    public Response logout() {
        Caller leaving = caller.get();
        if (leaving.credential().type() != CredentialType.SESSION) {
            throw new Problem.Conflict("Only a session logs out.").exception();
        }
        String location =
                sessions.end(leaving.tenant(), leaving.credential().id())
                        .map(this::providersLogout)
                        .orElse(null);
        return Response.ok(new LoggedOut(location))
                .header("Cache-Control", "no-store")
                .cookie(cookie.cleared())
                .build();
    }

    /// What a provider calls when somebody left there (OpenID Connect Back-Channel Logout 1.0
    /// section 2.5).
    @POST
    @Path("{provider}/backchannel-logout")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response backChannel(
            String provider,
            @FormParam("logout_token") @Nullable String token,
            @Context HttpServerRequest request) {
        Provider known = providers.get(provider);
        Logout logout =
                refusals.orRecord(
                        () -> RefusedSignOns.at(provider, AuthAction.SIGN_OUT),
                        clients.of(request),
                        () -> logout(known, token));
        int ended = sessions.endAll(logout);
        LOG.infof("provider=%s sessions=%d ended by its logout", provider, ended);
        return Response.ok().header("Cache-Control", "no-store").build();
    }

    private Logout logout(Provider provider, @Nullable String token) {
        if (token == null) {
            throw invalid(null);
        }
        try {
            JwtClaims claims = tokens.logout(provider, token);
            return new Logout(
                    provider.issuer(),
                    claims.getJwtId(),
                    claims.getSubject(),
                    claims.getClaimValueAsString("sid"),
                    Instant.ofEpochSecond(claims.getIssuedAt().getValue()));
        } catch (MalformedClaimException malformed) {
            throw invalid(malformed);
        } catch (ProblemException refused) {
            // Section 2.8: 400, whatever was wrong with it.
            throw refused.problem() instanceof Problem.Unauthenticated ? invalid(refused) : refused;
        }
    }

    private @Nullable String providersLogout(ExternalSessions.Origin origin) {
        try {
            Provider provider = providers.ofIssuer(origin.issuer()).orElse(null);
            URI end = provider == null ? null : provider.metadata().endSession();
            if (provider == null || end == null) {
                return null;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("id_token_hint", origin.idToken());
            parameters.put("client_id", provider.registration().clientId());
            provider.registration()
                    .postLogoutRedirect()
                    .ifPresent(target ->
                            parameters.put("post_logout_redirect_uri", target.toString()));
            return CodeFlow.withParameters(end, parameters).toString();
        } catch (ProblemException down) {
            return null; // Here the session has ended, which is what counts.
        }
    }

    private static ProblemException invalid(@Nullable Exception cause) {
        var problem = new Problem.Invalid("logout_token", "is not valid");
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
