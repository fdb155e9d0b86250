package dev.drawbridge.auth.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.auth.credential.Credentials;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Token exchange (RFC 8693 section 2): a session, an API token or a token of an identity provider
/// in, an access token out. Open to everyone, because what it gives is only what the credential
/// shown gives anyway.
@Path("/api/v1/auth/exchange")
@RunOnVirtualThread
@PermitAll
final class ExchangeResource {
    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> FIELDS =
            Set.of(
                    "grant_type",
                    "subject_token",
                    "subject_token_type",
                    "requested_token_type",
                    "client_address");

    private final Credentials credentials;
    private final AccessTokens accessTokens;
    private final ExchangeConfig config;
    private final ClientAddresses addresses;
    private final MeterRegistry meters;
    private final RefusedExchanges refusals;

    ExchangeResource(
            Credentials credentials,
            AccessTokens accessTokens,
            ExchangeConfig config,
            ClientAddresses addresses,
            MeterRegistry meters,
            RefusedExchanges refusals) {
        this.credentials = credentials;
        this.accessTokens = accessTokens;
        this.config = config;
        this.addresses = addresses;
        this.meters = meters;
        this.refusals = refusals;
    }

    /// RFC 8693 section 2.2.1.
    record Exchanged(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("issued_token_type") String issuedTokenType,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response exchange(
            MultivaluedMap<String, String> form, @Context HttpServerRequest request) {
        check(form);
        ClientAddress sender = addresses.of(request);
        ClientAddress client = client(sender, form.getFirst("client_address")).orElse(null);
        String subject = one(form, "subject_token");
        try {
            var caller = credentials.toExchange(subject, client, client == null ? sender : client);
            var issued = accessTokens.issue(caller, Instant.now());
            count("success");
            return Response.ok(
                            new Exchanged(
                                    issued.text(),
                                    ACCESS_TOKEN,
                                    "Bearer",
                                    issued.lifetime().toSeconds()))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (ProblemException refused) {
            refusals.record(subject, client == null ? null : client.text(), refused.problem());
            count(refused.problem().code());
            throw refused;
        }
    }

    private static void check(MultivaluedMap<String, String> form) {
        for (String field : form.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new Problem.Invalid(field, "is not a known field").exception();
            }
        }
        require(form, "grant_type", GRANT_TYPE);
        require(form, "subject_token_type", ACCESS_TOKEN);
        if (form.containsKey("requested_token_type")) {
            require(form, "requested_token_type", ACCESS_TOKEN);
        }
    }

    private static void require(
            MultivaluedMap<String, String> form, String field, String expected) {
        if (!one(form, field).equals(expected)) {
            throw new Problem.Invalid(field, "must be " + expected).exception();
        }
    }

    private static String one(MultivaluedMap<String, String> form, String field) {
        List<String> values = form.getOrDefault(field, List.of());
        if (values.size() != 1) {
            throw new Problem.Invalid(field, "is required once").exception();
        }
        return values.getFirst();
    }

    private Optional<ClientAddress> client(ClientAddress sender, @Nullable String told) {
        boolean service =
                config.trustedNetworks().stream()
                        .anyMatch(network -> network.contains(sender.value()));
        if (!service) {
            return Optional.of(sender);
        }
        return told == null ? Optional.empty() : ClientAddress.parse(told);
    }

    private void count(String outcome) {
        meters.counter("auth.exchange", "outcome", outcome).increment();
    }
}
