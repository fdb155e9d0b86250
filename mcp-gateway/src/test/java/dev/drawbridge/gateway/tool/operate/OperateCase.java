package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.OperatedServer;
import dev.drawbridge.gateway.TestCallers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What the tests of these tools share: a reader and a database administrator, on the oldest and
/// the newest server, by a login that may read only and by one that sees what others do.
abstract class OperateCase extends GatewayCase {
    static final String AGENT = "agent";
    static final String MONITOR = "monitor";
    static final String READER = "reader";
    static final String DBA = "dba";

    private static final Map<String, String> CONNECTIONS = new HashMap<>();

    @BeforeEach
    void readerAndAdministrator() {
        Map<String, Object> nobody = Map.of("owner", "7");
        TestCallers.know(READER, nobody, "connection:*", "read", "tool:*", "read");
        TestCallers.know(DBA, nobody, "connection:*", "admin", "tool:*", "read");
    }

    /// A connection, registered once for each gateway that a test runs on.
    static String on(String version, String login) {
        return CONNECTIONS.compute(
                version + " by " + login,
                (of, known) ->
                        known != null
                                        && admin().get("/api/v1/connections/" + known).statusCode()
                                                == 200
                                ? known
                                : registered(of, version, login));
    }

    private static String registered(String name, String version, String login) {
        return register(
                        connection("operated " + name)
                                .put("port", OperatedServer.of(version).port())
                                .put("username", login)
                                .put("allowWrites", true))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// What the database administrator is told, over the login `monitor`.
    JsonObject told(String version, String tool, Object... arguments) {
        return structured(call(DBA, tool, arguments(on(version, MONITOR), arguments)));
    }

    /// @param pairs names and values
    static JsonObject arguments(String connection, Object... pairs) {
        var arguments = new JsonObject().put("connection_id", connection);
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put((String) pairs[i], pairs[i + 1]);
        }
        return arguments;
    }

    static List<JsonObject> list(JsonObject told, String name) {
        JsonArray list = told.getJsonArray(name);
        return list.stream().map(JsonObject.class::cast).toList();
    }

    static JsonObject one(JsonObject told, String list, Predicate<JsonObject> wanted) {
        List<JsonObject> found = list(told, list).stream().filter(wanted).toList();
        assertThat(found).as(told.encodePrettily()).hasSize(1);
        return found.getFirst();
    }

    static JsonObject one(JsonObject told, String list, String field, Object value) {
        return one(told, list, it -> value.equals(it.getValue(field)));
    }
}
