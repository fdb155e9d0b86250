package dev.drawbridge.identity.network;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

import java.util.List;
import java.util.Optional;

/// What stands between clients and this service.
@ConfigMapping(prefix = "identity.network")
public interface NetworkConfig {
    /// Proxies whose `X-Forwarded-For` is believed. Without any, the address of the connection is
    /// the client's.
    Optional<List<@WithConverter(CidrConverter.class) Cidr>> trustedProxies();
}
