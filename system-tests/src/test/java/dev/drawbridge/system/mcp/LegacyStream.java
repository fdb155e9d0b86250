package dev.drawbridge.system.mcp;

import dev.drawbridge.system.suite.Suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// An SSE stream of the transport of 2024-11-05, on a TCP connection of its own.
final class LegacyStream implements AutoCloseable {
    private static final int PATIENCE_MS = 5_000;
    private static final int GLANCE_MS = 20;

    private final Socket socket;
    private final BufferedReader lines;
    private final int status;

    private LegacyStream(Socket socket) throws IOException {
        this.socket = socket;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.status = Integer.parseInt(lines.readLine().split(" ", 3)[1]);
    }

    static LegacyStream open(Suite suite, String token) {
        URI endpoint = URI.create(suite.summary().mcp());
        String head =
                """
                GET %s/sse HTTP/1.1
                Host: %s
                Accept: text/event-stream
                Authorization: Bearer %s

                """
                        .formatted(endpoint.getPath(), endpoint.getAuthority(), token)
                        .replace("\n", "\r\n");
        try {
            var socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new LegacyStream(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int status() {
        return status;
    }

    /// Where messages of this stream are posted to; where there is no stream, where one would be.
    String path() {
        try {
            while (status == 200) {
                String line = lines.readLine();
                if (line.startsWith("data:")) {
                    return URI.create(line.substring("data:".length()).strip()).getPath();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return "/mcp/v1/messages/none";
    }

    /// Whether the server holds the stream open: then there is nothing more to read, and no end.
    boolean isOpen() {
        try {
            socket.setSoTimeout(GLANCE_MS);
            while (status == 200) {
                if (lines.readLine() == null) {
                    return false;
                }
            }
            return false;
        } catch (SocketTimeoutException waiting) {
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
