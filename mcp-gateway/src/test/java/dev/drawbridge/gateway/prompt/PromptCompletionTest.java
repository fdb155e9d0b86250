package dev.drawbridge.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class PromptCompletionTest extends PromptCase {
    private static final String CROWDED = "crowded";

    @BeforeAll
    static void crowd() throws SQLException {
        GatewayDatabases.postgres().run("create database " + CROWDED);
        try (var connection = GatewayDatabases.postgres().connect(CROWDED);
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create schema hall;
                    grant usage on schema hall to agent;
                    do $$ begin
                      for i in 1..150 loop
                        execute format('create table hall.%I (id int)', 'guest_' || i);
                      end loop;
                    end $$;
                    grant select on all tables in schema hall to agent;
                    """);
        }
    }

    @AfterAll
    static void leave() {
        GatewayDatabases.postgres().run("drop database " + CROWDED + " with (force)");
    }

    @Test
    void a_connection_by_its_id_or_its_name() {
        assertThat(values(complete("alice", "connection_id", "sh", Map.of())))
                .containsExactly(shop);
        assertThat(values(complete("alice", "connection_id", shop.substring(0, 9), Map.of())))
                .contains(shop);
    }

    @Test
    void databases_schemas_and_tables_of_it() {
        assertThat(values(complete("alice", "database", "crow", on(Map.of()))))
                .containsExactly(CROWDED);
        assertThat(values(complete("alice", "schema", "sh", on(Map.of())))).containsExactly("shop");
        assertThat(values(complete("alice", "table", "it", on(Map.of("schema", "shop")))))
                .containsExactly("item");
    }

    @Test
    void a_hundred_at_most_and_how_many_there_are() {
        JsonObject tables =
                complete("alice", "table", "", on(Map.of("database", CROWDED, "schema", "hall")));

        assertThat(values(tables)).hasSize(100).allMatch(name -> name.startsWith("guest_"));
        assertThat(tables.getInteger("total")).isEqualTo(150);
        assertThat(tables.getBoolean("hasMore")).isTrue();
    }

    @Test
    void nothing_that_the_caller_does_not_see() {
        String database = "connection:" + shop + "/" + CROWDED;
        TestCallers.know("crowd", Map.of(), "prompt:bloat", "read", database, "read");
        TestCallers.know("promptless", Map.of(), "connection:" + shop, "read", "tool:*", "read");
        TestCallers.know("unconnected", Map.of(), "prompt:*", "read");

        assertThat(values(complete("crowd", "database", "", on(Map.of()))))
                .containsExactly(CROWDED);
        assertThat(values(complete("crowd", "schema", "", on(Map.of())))).isEmpty();
        assertThat(values(complete("crowd", "schema", "", on(Map.of("database", CROWDED)))))
                .contains("hall");
        for (String argument : List.of("connection_id", "database", "schema", "table")) {
            for (String caller : List.of("promptless", "unconnected")) {
                assertThat(values(complete(caller, argument, "", on(Map.of("schema", "shop")))))
                        .as(caller + " " + argument)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_tem", "\0", "' or true --", "*", "\\"})
    void no_name_for_what_no_name_has_in_it(String written) {
        assertThat(values(complete("alice", "table", written, on(Map.of("schema", "shop")))))
                .isSubsetOf("item")
                .hasSize(written.equals("*") ? 1 : 0);
    }

    private JsonObject complete(
            String caller, String argument, String written, Map<String, String> known) {
        var asked =
                new JsonObject()
                        .put("ref", new JsonObject().put("type", "ref/prompt").put("name", "bloat"))
                        .put(
                                "argument",
                                new JsonObject().put("name", argument).put("value", written))
                        .put(
                                "context",
                                new JsonObject()
                                        .put("arguments", new JsonObject(Map.copyOf(known))));
        return McpClient.connect(endpoint, caller)
                .request("completion/complete", asked)
                .getJsonObject("completion", new JsonObject());
    }

    private static List<String> values(JsonObject completion) {
        return completion.getJsonArray("values", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private static Map<String, String> on(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("connection_id", shop);
        return all;
    }
}
