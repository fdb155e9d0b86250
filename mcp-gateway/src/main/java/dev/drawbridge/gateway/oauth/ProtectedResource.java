package dev.drawbridge.gateway.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.network.BaseUrl;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What an MCP client must know to come back with a token.
@Singleton
final class ProtectedResource {
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private final OauthConfig config;
    private final String root;

    ProtectedResource(OauthConfig config) {
        this.config = config;
        this.root = BaseUrl.of(config.publicUrl()).text();
    }

    /// RFC 9728 section 2.
    ///
    /// @param resource what a token must be issued for (RFC 8707)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Metadata(
            String resource,
            @JsonProperty("authorization_servers") List<String> authorizationServers,
            @JsonProperty("scopes_supported") List<String> scopesSupported,
            @JsonProperty("bearer_methods_supported") List<String> bearerMethodsSupported,
            @JsonProperty("resource_name") String resourceName) {}

    /// Whether there is anywhere to get a token.
    boolean hasServers() {
        return config.authorizationServers().filter(servers -> !servers.isEmpty()).isPresent();
    }

    /// The metadata of the resource at a path; the name in them is the one that they were asked
    /// for, as RFC 9728 section 3.3 has clients check.
    ///
    /// @param path `/mcp/v1`, `/mcp` or nothing
    Metadata metadata(String path) {
        return new Metadata(
                root + path,
                config.authorizationServers().orElse(List.of()),
                config.scopes().orElse(List.of()),
                List.of("header"),
                "Drawbridge");
    }

    /// The `WWW-Authenticate` of a refusal (RFC 6750 section 3, RFC 9728 section 5.1).
    ///
    /// @param path that was asked for
    /// @param error `invalid_token`, `insufficient_scope`; null where no token was shown
    String challenge(String path, @Nullable String error) {
        var challenge = new StringBuilder("Bearer ");
        if (error != null) {
            challenge.append("error=\"").append(error).append("\", ");
        }
        challenge.append("resource_metadata=\"").append(root).append(WELL_KNOWN);
        challenge.append(path.startsWith("/mcp/v1") ? "/mcp/v1" : "/mcp").append('"');
        config.scopes()
                .ifPresent(scopes ->
                        challenge
                                .append(", scope=\"")
                                .append(String.join(" ", scopes))
                                .append('"'));
        return challenge.toString();
    }
}
