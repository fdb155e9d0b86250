package dev.drawbridge.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server on this machine that goes wrong when it is told to, as networks do. The kernel
/// acknowledges what is held here, so nobody learns of it by TCP's own time-outs.
public final class FaultyProxy implements AutoCloseable {
    private enum Way {
        OPEN,
        HELD,
        RESET,
        CUT
    }

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private Way way = Way.OPEN;
    private ServerSocket server;
    private Thread acceptor;

    private FaultyProxy(int port, int target) throws IOException {
        this.target = target;
        this.server = listen(port);
        this.port = server.getLocalPort();
        serve();
    }

    /// A way to that port of the loopback address, which is open.
    public static FaultyProxy to(int target) {
        try {
            return new FaultyProxy(0, target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Where it is entered.
    public int port() {
        return port;
    }

    /// Everything gets through, also what was held, and after [#cut] somebody is there again.
    public synchronized void pass() {
        try {
            if (way == Way.CUT) {
                server = listen(port);
                serve();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        turn(Way.OPEN);
    }

    /// Nothing gets through and nobody is told, as when packets are dropped. What is sent meanwhile
    /// arrives after [#pass], as TCP would send it again.
    public void hold() {
        turn(Way.HELD);
    }

    /// Ends whoever is here, and whoever comes, by a reset.
    public synchronized void reset() {
        turn(Way.RESET);
        sockets.forEach(FaultyProxy::resetWhenClosed);
        sockets.forEach(FaultyProxy::close);
    }

    /// Ends whoever is here in order, and nobody is there any more.
    public void cut() {
        Thread leaving;
        synchronized (this) {
            turn(Way.CUT);
            close(server);
            leaving = acceptor;
        }
        try {
            leaving.join(); // The kernel lets people in until who waits for them has woken.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(FaultyProxy::close);
    }

    /// Each part of what is said arrives that much later, in both directions.
    public void delay(Duration each) {
        delay = each;
    }

    @Override
    public void close() {
        cut();
    }

    private synchronized void turn(Way next) {
        way = next;
        notifyAll();
    }

    private static ServerSocket listen(int port) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return server;
    }

    private void serve() {
        ServerSocket open = server;
        acceptor = Thread.ofVirtual().start(() -> acceptFrom(open));
    }

    private void acceptFrom(ServerSocket open) {
        try {
            while (true) {
                Socket client = open.accept();
                add(client);
                Thread.ofVirtual().start(() -> join(client));
            }
        } catch (IOException closed) {
            // By cut.
        }
    }

    /// Not while [#reset] runs: who came between its two steps would be ended in order.
    private synchronized void add(Socket socket) {
        sockets.add(socket);
    }

    private void join(Socket client) {
        try {
            pass(client);
            var other = new Socket(InetAddress.getLoopbackAddress(), target);
            add(other);
            Thread.ofVirtual().start(() -> pump(client, other));
            pump(other, client);
        } catch (IOException nobodyThere) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[16_384];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                pass(from);
                out.write(buffer, 0, count);
            }
            pass(from); // Not even an end gets through.
        } catch (IOException broken) {
            // The other end is told below.
        }
        end(from);
        end(to);
    }

    /// Returns when what has come from there may go on.
    private void pass(Socket from) throws IOException {
        try {
            Thread.sleep(delay);
            synchronized (this) {
                while (way == Way.HELD) {
                    wait();
                }
                if (way == Way.RESET) {
                    resetWhenClosed(from);
                }
                if (way != Way.OPEN) {
                    throw new IOException("no way through");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private void end(Socket socket) {
        close(socket);
        sockets.remove(socket);
    }

    private static void resetWhenClosed(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closed) {
            // Its other end knows.
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// For scripts: `java FaultyProxy.java <port>` prints the port where the way begins, and obeys
    /// lines of standard input (`pass`, `hold`, `reset`, `cut`, `delay <ms>`), each of which it
    /// prints again when it is done, until that ends.
    public static void main(String[] args) {
        try (var proxy = to(Integer.parseInt(args[0]))) {
            IO.println(proxy.port());
            for (var line = IO.readln(); line != null; line = IO.readln()) {
                proxy.obey(line);
                IO.println(line);
            }
        }
    }

    private void obey(String line) {
        switch (line) {
            case "pass" -> pass();
            case "hold" -> hold();
            case "reset" -> reset();
            case "cut" -> cut();
            default -> delay(Duration.ofMillis(Long.parseLong(line.substring("delay ".length()))));
        }
    }
}
