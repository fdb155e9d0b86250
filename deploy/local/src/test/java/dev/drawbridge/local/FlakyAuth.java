package dev.drawbridge.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Knows the users kim and lee as auth-service does, in a page each. A change of users it takes,
/// and then answers with what the test wants, or not at all: it ends the connection.
final class FlakyAuth implements AutoCloseable {
    static final int SILENCE = 0;

    /// A cursor is any text.
    private static final String CURSOR = "behind kim & co +1%";

    private static final String FIRST =
            "{\"items\":[{\"id\":\"7\",\"username\":\"kim\"}],\"nextCursor\":\"%s\"}"
                    .formatted(CURSOR);
    private static final String SECOND = "{\"items\":[{\"id\":\"8\",\"username\":\"lee\"}]}";

    /// The passwords that it was told.
    final List<String> passwords = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final int status;
    private final String body;

    FlakyAuth(int status, String body) throws IOException {
        this.status = status;
        this.body = body;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/auth/login", it -> answer(it, 200, "{\"token\":\"dbs_1\"}"));
        server.createContext("/api/v1/auth/logout", it -> answer(it, 200, "{}"));
        server.createContext("/api/v1/users", this::users);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void users(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            String query = exchange.getRequestURI().getRawQuery();
            boolean isSecond =
                    query.contains("cursor=" + URLEncoder.encode(CURSOR, StandardCharsets.UTF_8));
            answer(exchange, 200, isSecond ? SECOND : FIRST);
            return;
        }
        var told = new ObjectMapper().readTree(exchange.getRequestBody());
        passwords.add(told.path("password").asText());
        if (status == SILENCE) {
            exchange.close();
        } else {
            answer(exchange, status, body);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
