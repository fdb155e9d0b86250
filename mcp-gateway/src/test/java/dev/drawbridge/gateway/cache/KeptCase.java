package dev.drawbridge.gateway.cache;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.Map;

/// A connection of which rows are kept, with two callers.
abstract class KeptCase extends WriteCase {
    String kept;

    @BeforeEach
    void connect() {
        kept = make("kept", GatewayDatabases.postgres().port());
        know("alice", "read");
        know("bob", "read");
    }

    @AfterEach
    void disconnect() {
        admin().header("If-Match", "*").delete("/api/v1/connections/" + kept);
    }

    String make(String name, int port) {
        return make(name, "127.0.0.1", port);
    }

    String make(String name, String host, int port) {
        JsonObject cache = new JsonObject().put("ttlSeconds", name.equals("kept") ? 300 : 1);
        return register(
                        connection(name)
                                .put("host", host)
                                .put("port", port)
                                .put("username", "teller")
                                .put("password", "teller-secret")
                                .put("cache", cache))
                .statusCode(201)
                .extract()
                .path("id");
    }

    void know(String name, String level) {
        know(name, level, kept);
    }

    void know(String name, String level, String other) {
        TestCallers.know(
                name,
                Map.of("owner", name),
                "connection:" + kept,
                level,
                "connection:" + other,
                level,
                "connection:" + shop,
                level,
                "connection:" + till,
                "write",
                "tool:*",
                "read");
    }

    static JsonObject cache(JsonObject result) {
        return result.getJsonObject("_meta").getJsonObject("dev.drawbridge/cache");
    }
}
