package dev.drawbridge.gateway.target.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Accepts whoever comes, says what it is told to on the first things that each of them sends, one
/// after the other, and nothing more.
final class SilentServer implements AutoCloseable {
    /// AuthenticationSASL with SCRAM-SHA-256.
    static final String ASKS_FOR_SCRAM = "R\0\0\0\27\0\0\0\12SCRAM-SHA-256\0\0";

    /// AuthenticationCleartextPassword.
    static final String ASKS_FOR_THE_PASSWORD = "R\0\0\0\10\0\0\0\3";

    /// AuthenticationOk, ParameterStatus, ReadyForQuery: the session is open.
    static final String OPENS = "R\0\0\0\10\0\0\0\0S\0\0\0\31client_encoding\0UTF8\0Z\0\0\0\5I";

    private final NetServer server;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Buffer> heard = new CopyOnWriteArrayList<>();

    private SilentServer(NetServer server) {
        this.server = server;
    }

    /// On a free port of the loopback address.
    static SilentServer start(Vertx vertx, String... says) {
        var silent = new SilentServer(vertx.createNetServer());
        silent.server.connectHandler(socket -> silent.accept(socket, says));
        TargetPoolCase.await(silent.server.listen(0, "127.0.0.1"));
        return silent;
    }

    private void accept(NetSocket socket, String... says) {
        accepted.incrementAndGet();
        open.add(socket);
        socket.closeHandler(_ -> open.remove(socket));
        socket.exceptionHandler(_ -> {});
        var answered = new AtomicInteger();
        socket.handler(said -> {
            heard.add(said);
            int turn = answered.getAndIncrement();
            if (turn < says.length && !says[turn].isEmpty()) {
                socket.write(Buffer.buffer(says[turn], "ISO-8859-1"));
            }
        });
    }

    int port() {
        return server.actualPort();
    }

    /// How many have come.
    int accepted() {
        return accepted.get();
    }

    /// Whether everybody has hung up again.
    boolean isAlone() {
        return open.isEmpty();
    }

    /// All that was sent here, a character for each byte.
    String heard() {
        var all = new StringBuilder();
        heard.forEach(said -> all.append(said.toString("ISO-8859-1")));
        return all.toString();
    }

    @Override
    public void close() {
        TargetPoolCase.await(server.close());
    }
}
