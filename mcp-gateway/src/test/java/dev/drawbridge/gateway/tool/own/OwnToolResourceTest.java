package dev.drawbridge.gateway.tool.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Defining own tools: versions, rights, tenants, and who hears of it.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OwnToolResourceTest extends OwnToolCase {
    private static final JsonObject NOTHING = new JsonObject();

    @Test
    void a_definition_comes_back_as_it_was_written_and_has_versions() {
        JsonObject written = tool("counted", "select :a::int").put("title", "Counted");
        define("maker", written)
                .statusCode(201)
                .header("Location", containsString(TOOLS + "/counted"))
                .header("ETag", equalTo("\"1\""))
                .body("definition.sql", equalTo("select :a::int"))
                .body("source", equalTo("api"))
                .body("changedBy", equalTo("maker"));
        define(written).statusCode(409);

        JsonObject changed = written.copy().put("sql", "select :a::int + 1");
        String path = TOOLS + "/counted";
        as("maker").body(changed.encode()).put(path).then().statusCode(428);
        as("maker")
                .header("If-Match", "\"7\"")
                .body(changed.encode())
                .put(path)
                .then()
                .statusCode(412);
        as("maker")
                .header("If-Match", "\"1\"")
                .body(changed.encode())
                .put(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""));
        assertThat(
                        structured(everywhere("alice", "counted", new JsonObject().put("a", 1)))
                                .getJsonArray("rows")
                                .encode())
                .isEqualTo("[[2]]");
    }

    @Test
    void what_was_removed_is_gone_and_its_versions_go_on() {
        JsonObject written = tool("gone_again", "select :a::int");
        String path = TOOLS + "/gone_again";
        have(written);

        as("maker").header("If-Match", "\"2\"").delete(path).then().statusCode(412);
        as("maker").header("If-Match", "\"1\"").delete(path).then().statusCode(204);
        as("maker").get(path).then().statusCode(404);
        assertThat(shown("alice")).doesNotContain("gone_again");
        have(written);
        as("maker")
                .get(path + "/versions")
                .then()
                .statusCode(200)
                .body("items.version", contains(3, 2, 1))
                .body("items[1].definition", equalTo(null))
                .body("items[2].definition.sql", equalTo("select :a::int"));
        assertThat(awaitRecord("action = 'tool.remove' and object = 'tool:gone_again'").encode())
                .contains("select :a::int");
    }

    @Test
    void a_dry_run_says_what_would_become_of_it_and_keeps_nothing() {
        as("maker")
                .body(
                        tool("tried", "select id, name from own_shelf.product where id = :id")
                                .encode())
                .post(TOOLS + "/validate")
                .then()
                .statusCode(200)
                .body("inputSchema.properties.id.type", equalTo("integer"))
                .body("outputSchema.properties.rows.type", equalTo("array"))
                .body("statement.parameters", contains("int4"))
                .body("statement.columns.type", contains("int4", "text"));
        as("maker").get(TOOLS + "/tried").then().statusCode(404);
    }

    @Test
    void who_does_not_administer_tools_or_reach_the_database_defines_none() {
        TestCallers.know("toolless", Map.of(), "connection:" + shop, "admin", "tool:*", "admin");
        TestCallers.know("blind-maker", Map.of(), "admin:tools", "admin", "tool:*", "admin");
        JsonObject wanted = tool("refused", "select 1");

        define("toolless", wanted).statusCode(403).body("code", equalTo("AUTHORIZATION_ERROR"));
        define("blind-maker", wanted).statusCode(404).body("code", equalTo("NOT_FOUND"));
        define(
                        "maker",
                        wanted.copy()
                                .put("connection", "checkout")
                                .put("access", "write")
                                .put("sql", "insert into till.line values ('x')"))
                .statusCode(403);
        for (String path : List.of("/own", "/refused", "/refused/versions")) {
            as("toolless").get(TOOLS + path).then().statusCode(403);
        }
        as("toolless").body(wanted.encode()).post(TOOLS + "/validate").then().statusCode(403);
        as("toolless").body(wanted.encode()).put(TOOLS + "/refused").then().statusCode(403);
        as("toolless").delete(TOOLS + "/refused").then().statusCode(403);
    }

    @Test
    void a_tenant_sees_neither_tools_nor_definitions_nor_connections_of_another() {
        have(tool("ours", "select 'ours'"));
        TestCallers.know("rival", "rival-admin", List.of("*", "admin"));
        JsonObject theirs = connection("shop").put("rls", new JsonObject().put("mode", "none"));
        as("rival-admin").body(theirs.encode()).post("/api/v1/connections").then().statusCode(201);

        assertThat(shown("rival-admin")).isEmpty();
        as("rival-admin").get(TOOLS + "/ours").then().statusCode(404);
        as("rival-admin").get(TOOLS + "/ours/versions").then().statusCode(404);
        as("rival-admin").body(body("ours", NOTHING)).post(TOOLS + "/call").then().statusCode(404);
        as("rival-admin").delete(TOOLS + "/ours").then().statusCode(404);
        try {
            define("rival-admin", tool("ours", "select 'theirs'")).statusCode(201);
            define("rival-admin", tool("abroad", "select 1").put("connection", shop))
                    .statusCode(400)
                    .body("field", equalTo("connection"));
            assertThat(value("rival-admin")).isEqualTo("[[\"theirs\"]]");
            assertThat(value("admin")).isEqualTo("[[\"ours\"]]");
        } finally {
            as("rival-admin").delete(TOOLS + "/ours").then().statusCode(204);
        }
        assertThat(shown("admin")).contains("ours");
    }

    private String value(String bearer) {
        return structured(everywhere(bearer, "ours", NOTHING)).getJsonArray("rows").encode();
    }

    @Test
    void those_of_the_tenant_are_told_of_another_list_in_both_eras() {
        TestCallers.know("rival", "rival-user", List.of("*", "read"));
        var session = McpClient.connect(endpoint, "alice");
        try (McpStream legacy = session.listen();
                McpStream modern = listen("alice", "toolsListChanged");
                McpStream foreign = listen("rival-user", "toolsListChanged")) {
            have(tool("news", "select 1"));

            await().until(() -> legacy.changedLists().contains("tools"));
            await().until(() -> modern.changedLists().contains("tools"));
            assertThat(shown("alice")).contains("news");
            assertThat(foreign.changedLists()).isEmpty();
        }
    }

    @Test
    void what_another_replica_keeps_is_there_when_it_says_so() throws SQLException {
        run(
                """
                insert into gateway.own_tool
                       (tenant, name, version, definition, described, changed_by)
                values ('default', 'elsewhere_made', 1,
                        '{"name":"elsewhere_made","description":"x","connection":"shop",
                          "sql":"select 5"}',
                        '{"parameters":[],"columns":[{"name":"?column?","type":"int4"}]}', 'it');
                select pg_notify('drawbridge_gateway',
                                 '{"topic":"own-tools","message":{}}');
                """);
        try {
            await().until(() -> shown("alice").contains("elsewhere_made"));
        } finally {
            as("admin").delete(TOOLS + "/elsewhere_made").then().statusCode(204);
        }
    }

    @Test
    void over_rest_a_list_is_chosen_as_at_the_endpoint_and_a_problem_has_its_status() {
        have(tool("chosen_rest", "select 1"));
        as("alice").get(TOOLS + "?features=nothing").then().statusCode(400);
        as("alice").get(TOOLS + "?readonly=true").then().statusCode(400);
        as("alice").get(TOOLS + "?read_only=true&connection=shop").then().statusCode(200);
        as("alice").get(TOOLS + "?connection=nowhere").then().statusCode(404);
        as("alice").body("{}").post(TOOLS + "/call").then().statusCode(400);
        as("alice")
                .body(body("query_database", new JsonObject().put("sql", "select oops")))
                .post(TOOLS + "/call?connection=shop")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("DATABASE_ERROR"));
        as("alice")
                .body(body("chosen_rest", new JsonObject().put("more", 1)))
                .post(TOOLS + "/call")
                .then()
                .statusCode(400)
                .body("field", equalTo("more"));
        as("alice")
                .body(body("chosen_rest", NOTHING))
                .post(TOOLS + "/call?features=database")
                .then()
                .statusCode(404);
        as("nobody-known").get(TOOLS).then().statusCode(401);
    }
}
