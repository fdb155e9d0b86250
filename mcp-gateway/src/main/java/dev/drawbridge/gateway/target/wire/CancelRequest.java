package dev.drawbridge.gateway.target.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;

import java.time.Duration;

/// Asks a server to stop what one of its sessions runs, on a connection of its own, and waits until
/// the server hangs up: by then it has dealt with it. The driver hangs up first, and a pooler
/// forgets the request of somebody who is gone (PgBouncer 1.18 ends).
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">canceling requests</a>
final class CancelRequest {
    private static final int CODE = 80_877_102;
    private static final int LENGTH = 4 * Integer.BYTES;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private CancelRequest() {}

    /// @param options with the address that the session goes to
    static Future<Void> send(Vertx vertx, PgConnectOptions options, PgConnection session) {
        Buffer request =
                Buffer.buffer()
                        .appendInt(LENGTH)
                        .appendInt(CODE)
                        .appendInt(session.processId())
                        .appendInt(session.secretKey());
        return BareConnection.use(
                vertx,
                options,
                PATIENCE,
                socket -> {
                    Promise<Void> dealtWith = Promise.promise();
                    socket.closeHandler(_ -> dealtWith.tryComplete());
                    socket.exceptionHandler(dealtWith::tryFail);
                    socket.write(request);
                    return dealtWith.future();
                });
    }
}
