package dev.drawbridge.auth.signon;

import dev.drawbridge.audit.Act;
import dev.drawbridge.auth.attempt.Attempts;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.Providers;
import dev.drawbridge.auth.session.SessionCookie;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.OpenQueryParameters;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// Signing on at a provider, as a browser goes through it.
@Path(Addresses.PATH)
@RunOnVirtualThread
@PermitAll
final class SignOnResource {
    private static final int FOUND = 302;

    private final Providers providers;
    private final SignOn signOn;
    private final Addresses addresses;
    private final SessionCookie cookie;
    private final ClientAddresses clients;
    private final Attempts attempts;
    private final OidcConfig config;
    private final MeterRegistry meters;
    private final RefusedSignOns refusals;

    SignOnResource(
            Providers providers,
            SignOn signOn,
            Addresses addresses,
            SessionCookie cookie,
            ClientAddresses clients,
            Attempts attempts,
            OidcConfig config,
            MeterRegistry meters,
            RefusedSignOns refusals) {
        this.providers = providers;
        this.signOn = signOn;
        this.addresses = addresses;
        this.cookie = cookie;
        this.clients = clients;
        this.attempts = attempts;
        this.config = config;
        this.meters = meters;
        this.refusals = refusals;
    }

    /// The choice that a sign-in page offers.
    record Choices(List<Choice> items) {}

    /// @param start where the browser goes
    record Choice(String name, String label, String start) {}

    @GET
    @Path("providers")
    public Choices providers() {
        return new Choices(providers.list().stream().map(SignOnResource::choice).toList());
    }

    @GET
    @Path("{provider}/start")
    public Response start(
            String provider,
            @QueryParam("redirect") @Nullable String redirect,
            @Context HttpServerRequest request) {
        requireFewStarts(clients.of(request));
        Provider chosen = providers.get(provider);
        var target = RedirectTarget.parse(redirect, config.redirectOrigins().orElse(List.of()));
        SignOn.Started started = signOn.start(chosen, target, null);
        return redirect(started.location().toString()).cookie(addresses.cookie(started)).build();
    }

    /// A provider may add parameters of its own, which must be ignored (RFC 6749 section 4.1.2).
    @GET
    @Path("{provider}/callback")
    @OpenQueryParameters
    public Response callback(
            String provider,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        Provider chosen = providers.get(provider);
        var told = uri.getQueryParameters();
        var answer =
                new SignOn.Answer(
                        one(told, "state"),
                        one(told, "code"),
                        one(told, "iss"),
                        one(told, "error"));
        var cookies =
                headers.getCookies().values().stream()
                        .collect(Collectors.toMap(Cookie::getName, Cookie::getValue, (a, _) -> a));
        try {
            SignOn.Finished finished =
                    signOn.finish(chosen, answer, cookies, clients.client(request));
            count("success");
            var response = redirect(finished.redirect()).cookie(addresses.ended(answer));
            var session = finished.session();
            if (session != null) {
                response.cookie(cookie.of(session.secret(), session.expiresAt()));
            }
            return response.build();
        } catch (ProblemException refused) {
            count(refused.problem().code());
            throw refused;
        }
    }

    /// Which provider was meant is not looked at before, so it is not recorded.
    private void requireFewStarts(ClientAddress from) {
        refusals.orRecord(
                () -> Act.byStranger(null, AuthAction.SIGN_IN, null),
                from,
                () -> {
                    attempts.signOn(from);
                    return from;
                });
    }

    private static Response.ResponseBuilder redirect(String target) {
        return Response.status(FOUND)
                .header("Location", target)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer");
    }

    private static Choice choice(Provider provider) {
        return new Choice(
                provider.name(),
                provider.registration().label().orElse(provider.name()),
                Addresses.PATH + "/" + provider.name() + "/start");
    }

    private static @Nullable String one(MultivaluedMap<String, String> told, String name) {
        List<String> values = told.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Problem.Invalid(name, "may stand there once").exception();
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private void count(String outcome) {
        meters.counter("auth.sign_on", "outcome", outcome).increment();
    }
}
