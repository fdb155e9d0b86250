package dev.drawbridge.auth.oidc;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/// What a provider says of itself (OpenID Connect Discovery 1.0 section 3).
///
/// @param tellsIssuer whether its answers carry `iss` (RFC 9207 section 3)
/// @param basic whether the token endpoint takes the secret by HTTP Basic
public record ProviderMetadata(
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI endSession,
        boolean tellsIssuer,
        boolean basic) {
    private static final Logger LOG = Logger.getLogger(ProviderMetadata.class);

    /// Reads the document.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR` when it is another issuer's
    ///   or lacks an endpoint that is safe to call
    static ProviderMetadata parse(String provider, URI issuer, JsonObject document) {
        if (!issuer.toString().equals(document.getValue("issuer"))) {
            LOG.warnf("The identity provider %s does not call its issuer %s", provider, issuer);
            throw failed(provider);
        }
        Object methods = document.getValue("token_endpoint_auth_methods_supported");
        return new ProviderMetadata(
                endpoint(provider, document, "authorization_endpoint"),
                endpoint(provider, document, "token_endpoint"),
                endpoint(provider, document, "jwks_uri"),
                document.containsKey("end_session_endpoint")
                        ? endpoint(provider, document, "end_session_endpoint")
                        : null,
                Boolean.TRUE.equals(
                        document.getValue("authorization_response_iss_parameter_supported")),
                // What Discovery 1.0 takes for the default.
                !(methods instanceof JsonArray list) || list.contains("client_secret_basic"));
    }

    private static URI endpoint(String provider, JsonObject document, String name) {
        if (document.getValue(name) instanceof String text) {
            Optional<URI> safe = uri(text).filter(ProviderMetadata::isSafe);
            if (safe.isPresent()) {
                return safe.get();
            }
        }
        LOG.warnf("The identity provider %s names no %s that is safe to call", provider, name);
        throw failed(provider);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ProblemException failed(String provider) {
        return new Problem.Upstream("The identity provider " + provider).exception();
    }

    /// Whether secrets may be sent there: over TLS, or without leaving the machine.
    static boolean isSafe(URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null) {
            return false;
        }
        return "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && isLoopback(host));
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        boolean number =
                Set.of('[', '1').contains(host.charAt(0)) && host.matches("[\\[\\]0-9.:]+");
        try {
            return number && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }
}
