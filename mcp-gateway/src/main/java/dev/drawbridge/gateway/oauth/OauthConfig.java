package dev.drawbridge.gateway.oauth;

import dev.drawbridge.identity.Level;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where MCP clients get tokens for the gateway. Which tokens are taken is auth-service's business:
/// `auth.oidc`.
@ConfigMapping(prefix = "gateway.oauth")
public interface OauthConfig {
    /// The URL under which clients reach the gateway, without the path of the endpoint.
    @WithDefault("http://127.0.0.1:8081")
    URI publicUrl();

    /// Issuers whose tokens are taken. Without any, clients are told of no sign-on.
    Optional<List<String>> authorizationServers();

    /// OAuth scopes that a client should ask for to begin with: the least that is of use.
    Optional<List<String>> scopes();

    /// OAuth scopes to ask for beside those, by the level that they let through: `write` or
    /// `admin`. A client is told of them when a call needs them. What a scope lets through is said
    /// once more in `auth.oidc.scopes`.
    Map<Level, List<String>> stepUp();
}
