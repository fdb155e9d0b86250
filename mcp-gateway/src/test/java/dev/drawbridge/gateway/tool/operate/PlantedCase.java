package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.TestCallers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is asked of planted servers, by an analyst who may read and by who looks after them.
abstract class PlantedCase extends GatewayCase {
    private static final Map<String, PlantedServer> SERVERS = new HashMap<>();
    private static final Map<String, String> CONNECTIONS = new HashMap<>();

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(PlantedServer::close);
        SERVERS.clear();
        CONNECTIONS.clear();
    }

    List<JsonObject> workload(String version) {
        return recommendations(version, "dba", on(version).put("statements", 50));
    }

    List<JsonObject> recommended(String version, String caller, List<String> queries) {
        return recommendations(
                version, caller, on(version).put("queries", new JsonArray(List.copyOf(queries))));
    }

    List<JsonObject> recommendations(String version, String caller, JsonObject arguments) {
        JsonObject answer = structured(call(caller, "recommend_indexes", arguments));
        assertThat(answer.getString("judgedBy"))
                .isEqualTo(server(version).withoutHypopg().isEmpty() ? "hypopg" : "statistics");
        if (arguments.containsKey("queries")) {
            assertThat(answer.getJsonArray("skipped")).isEmpty();
        }
        return answer.getJsonArray("recommendations").stream().map(JsonObject.class::cast).toList();
    }

    static PlantedServer server(String version) {
        PlantedServer server = SERVERS.computeIfAbsent(version, PlantedServer::new);
        assumeTrue(
                version.equals("newest") || server.withoutHypopg().isEmpty(),
                () -> "HypoPG cannot be had: " + server.withoutHypopg().orElse(""));
        return server;
    }

    JsonObject on(String version) {
        PlantedServer server = server(version);
        String connection =
                CONNECTIONS.computeIfAbsent(
                        version,
                        of ->
                                register(
                                                connection("planted on " + of)
                                                        .put("port", server.postgres().port()))
                                        .statusCode(201)
                                        .extract()
                                        .path("id"));
        TestCallers.know("analyst", Map.of("owner", "x"), "connection:*", "read", "tool:*", "read");
        TestCallers.know("dba", Map.of("owner", "x"), "connection:*", "admin", "tool:*", "read");
        return new JsonObject().put("connection_id", connection);
    }
}
