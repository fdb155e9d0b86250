package dev.drawbridge.gateway.target.wire;

import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Options that connect, and cancel, at the address that was judged, under the name that a
/// certificate must carry. Left to itself the driver would look the name up again.
final class PinnedOptions extends PgConnectOptions {
    private final InetAddress address;

    PinnedOptions(PgConnectOptions options, InetAddress address) {
        super(options);
        this.address = address;
    }

    @Override
    public SocketAddress getSocketAddress() {
        return SocketAddress.inetSocketAddress(new InetSocketAddress(address, getPort()));
    }
}
