package dev.drawbridge.gateway.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.List;
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

    /// OAuth scopes that a client should ask for.
    Optional<List<String>> scopes();
}
