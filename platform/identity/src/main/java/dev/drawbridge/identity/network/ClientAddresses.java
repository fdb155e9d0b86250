package dev.drawbridge.identity.network;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import jakarta.inject.Singleton;

import java.net.InetAddress;
import java.util.List;

/// Finds out where a request comes from. The one place that reads `X-Forwarded-For`.
@Singleton
public final class ClientAddresses {
    private static final String HEADER = "X-Forwarded-For";
    private static final int LONGEST_PROGRAM = 256;

    private final List<Cidr> trustedProxies;

    ClientAddresses(NetworkConfig config) {
        this.trustedProxies = config.trustedProxies().orElse(List.of());
    }

    /// The client's address: the connection's, unless that is a trusted proxy's.
    public ClientAddress of(HttpServerRequest request) {
        InetAddress peer = Cidr.address(request.remoteAddress().hostAddress()).orElseThrow();
        return new ClientAddress(
                ForwardedFor.client(peer, request.headers().getAll(HEADER), this::isProxy));
    }

    /// The number of that address.
    public String text(HttpServerRequest request) {
        return trustedProxies.isEmpty()
                ? Cidr.withoutZone(request.remoteAddress().hostAddress())
                : of(request).text();
    }

    /// The client's address and what it calls itself.
    public Client client(HttpServerRequest request) {
        String program = request.getHeader(HttpHeaders.USER_AGENT);
        return new Client(
                of(request),
                program == null
                        ? null
                        : program.substring(0, Math.min(program.length(), LONGEST_PROGRAM)));
    }

    private boolean isProxy(InetAddress address) {
        return trustedProxies.stream().anyMatch(network -> network.contains(address));
    }
}
