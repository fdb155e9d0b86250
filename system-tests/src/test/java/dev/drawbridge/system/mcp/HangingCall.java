package dev.drawbridge.system.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request whose answer is not read, on a TCP connection of its own; closing hangs up.
public final class HangingCall implements AutoCloseable {
    private final Socket socket;

    private HangingCall(Socket socket) {
        this.socket = socket;
    }

    /// Sends it within a session, and returns at once.
    public static HangingCall of(
            McpSession session, int id, String method, Map<String, ?> parameters) {
        byte[] body =
                McpHttp.json(
                                Map.of(
                                        "jsonrpc",
                                        "2.0",
                                        "id",
                                        id,
                                        "method",
                                        method,
                                        "params",
                                        parameters))
                        .getBytes(StandardCharsets.UTF_8);
        URI endpoint = session.http().endpoint();
        var head = new StringBuilder("POST " + endpoint.getPath() + " HTTP/1.1\r\n");
        head.append("Host: ").append(endpoint.getAuthority()).append("\r\n");
        session.http()
                .headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        try {
            var socket = new Socket(endpoint.getHost(), endpoint.getPort());
            var out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return new HangingCall(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
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
