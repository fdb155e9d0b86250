package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;

import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// The beginning of a session, up to what the server asks for: the driver, which goes on by itself,
/// does not tell whether it was asked for a password at all.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">start-up</a>
final class Handshake {
    private static final int PROTOCOL = 3 << 16;
    private static final int HEADER = 1 + Integer.BYTES;

    /// No answer to a start-up is longer, from a server that means well.
    private static final int LONGEST = 16_384;

    // AuthenticationCleartextPassword, …MD5Password, …SASL.
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;

    private final PgConnectOptions options;
    private final NetSocket socket;
    private final Promise<PasswordDemand> demand = Promise.promise();
    private final Buffer received = Buffer.buffer();

    private Handshake(PgConnectOptions options, NetSocket socket) {
        this.options = options;
        this.socket = socket;
    }

    /// Connects, asks, and hangs up.
    ///
    /// @param options with the address that was judged
    /// @param timeout after which it hangs up, whatever the server has said by then
    /// @return fails with a [ServerError] when the server refuses before it asks
    static Future<PasswordDemand> demand(Vertx vertx, PgConnectOptions options, Duration timeout) {
        return demand(vertx, options, timeout, _ -> {});
    }

    /// The same.
    ///
    /// @param roundTrip hears how long a message takes there and back
    static Future<PasswordDemand> demand(
            Vertx vertx, PgConnectOptions options, Duration timeout, Consumer<Duration> roundTrip) {
        return BareConnection.use(
                vertx, options, timeout, roundTrip, socket -> new Handshake(options, socket).run());
    }

    private Future<PasswordDemand> run() {
        socket.exceptionHandler(demand::tryFail);
        socket.closeHandler(_ -> demand.tryFail(new ClosedChannelException()));
        socket.handler(this::read);
        start();
        return demand.future();
    }

    private void start() {
        Buffer parameters = Buffer.buffer().appendInt(PROTOCOL);
        text(parameters, "user");
        text(parameters, options.getUser());
        text(parameters, "database");
        text(parameters, options.getDatabase());
        parameters.appendByte((byte) 0);
        socket.write(
                Buffer.buffer()
                        .appendInt(Integer.BYTES + parameters.length())
                        .appendBuffer(parameters));
    }

    private void read(Buffer more) {
        received.appendBuffer(more);
        if (received.length() > LONGEST) {
            demand.tryFail(new ProtocolException("The server says too much"));
            return;
        }
        if (received.length() < HEADER || received.length() <= received.getInt(1)) {
            return;
        }
        int length = received.getInt(1) - Integer.BYTES;
        byte kind = received.getByte(0);
        if (kind == 'R' && length >= Integer.BYTES) {
            demand.tryComplete(demanded(received.getInt(HEADER)));
        } else if (kind == 'E' && length >= 0) {
            ByteBuf body = Unpooled.wrappedBuffer(received.getBytes(HEADER, HEADER + length));
            demand.tryFail(ServerError.read(body, length));
        } else {
            demand.tryFail(new ProtocolException("The server says something else"));
        }
    }

    private static PasswordDemand demanded(int authentication) {
        return switch (authentication) {
            case CLEARTEXT -> PasswordDemand.CLEARTEXT;
            case MD5, SASL -> PasswordDemand.HASHED;
            default -> PasswordDemand.NONE;
        };
    }

    private static void text(Buffer parameters, String text) {
        parameters.appendString(text, StandardCharsets.UTF_8.name()).appendByte((byte) 0);
    }
}
