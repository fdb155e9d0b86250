package dev.drawbridge.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between a client and a server on this machine, and can fall silent as a network does that
/// is cut: nothing comes through any more, and nobody is told.
final class MutedProxy implements AutoCloseable {
    private final int server;
    private final ServerSocket door;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private volatile Passage passage = new Passage();

    /// What a connection goes through. One that was cut stays so; later connections have another.
    private static final class Passage {
        private volatile boolean cut;
    }

    MutedProxy(int server) {
        this.server = server;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Nothing comes through any more, over no connection that is there or comes.
    void cut() {
        passage.cut = true;
    }

    /// Connections that come from now on get through; those that were there stay silent.
    void mend() {
        passage = new Passage();
    }

    private void accept() {
        try {
            while (true) {
                var near = door.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), server);
                ends.addAll(List.of(near, far));
                var through = passage;
                Thread.ofVirtual().start(() -> pass(near, far, through));
                Thread.ofVirtual().start(() -> pass(far, near, through));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private static void pass(Socket from, Socket to, Passage through) {
        var buffer = new byte[8_192];
        try {
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (!through.cut) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
            if (!through.cut) {
                to.close();
            }
        } catch (IOException _) {
            // an end is gone
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket end : ends) {
                end.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
