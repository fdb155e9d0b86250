package dev.drawbridge.gateway.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.network.BaseUrl;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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
                scopes(),
                List.of("header"),
                "Drawbridge");
    }

    /// The scopes that a client begins with.
    List<String> scopes() {
        return config.scopes().orElse(List.of());
    }

    /// What is wrong with a token (RFC 6750 section 3.1).
    ///
    /// @param description without quotes and backslashes
    record Fault(String error, String description) {
        static final Fault INVALID = new Fault("invalid_token", "The token is not valid here.");
        static final Fault NO_SCOPE = ofScope("The token's scopes let nothing through.");

        static Fault ofScope(String description) {
            return new Fault("insufficient_scope", description);
        }
    }

    /// The `WWW-Authenticate` of a refusal (RFC 6750 section 3, RFC 9728 section 5.1).
    ///
    /// @param path that was asked for
    /// @param scopes to ask for
    /// @param fault null where no token was shown
    String challenge(String path, List<String> scopes, @Nullable Fault fault) {
        List<String> parameters = new ArrayList<>();
        if (fault != null) {
            parameters.add(parameter("error", fault.error()));
        }
        String name = path.startsWith("/mcp/v1") ? "/mcp/v1" : "/mcp";
        parameters.add(parameter("resource_metadata", root + WELL_KNOWN + name));
        if (!scopes.isEmpty()) {
            parameters.add(parameter("scope", String.join(" ", scopes)));
        }
        if (fault != null) {
            parameters.add(parameter("error_description", fault.description()));
        }
        return "Bearer " + String.join(", ", parameters);
    }

    private static String parameter(String name, String value) {
        return name + "=\"" + value + '"';
    }
}
