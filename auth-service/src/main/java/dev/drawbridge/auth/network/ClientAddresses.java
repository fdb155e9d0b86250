package dev.drawbridge.auth.network;

import io.vertx.core.http.HttpServerRequest;

import jakarta.inject.Singleton;

import java.net.InetAddress;

/// Finds out where a request comes from. The one place that reads `X-Forwarded-For`.
@Singleton
public final class ClientAddresses {
    private static final String HEADER = "X-Forwarded-For";

    private final NetworkConfig config;

    ClientAddresses(NetworkConfig config) {
        this.config = config;
    }

    /// The client's address: the connection's, unless that is a trusted proxy's.
    public ClientAddress of(HttpServerRequest request) {
        InetAddress peer = Cidr.address(request.remoteAddress().hostAddress()).orElseThrow();
        return new ClientAddress(
                ForwardedFor.client(peer, request.headers().getAll(HEADER), this::isProxy));
    }

    private boolean isProxy(InetAddress address) {
        return config.trustedProxies().orElse(java.util.List.of()).stream()
                .anyMatch(network -> network.contains(address));
    }
}
