package dev.drawbridge.gateway.tool.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tools from files, which come, change and go while the gateway runs.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class FileToolsTest extends OwnToolCase {
    private static final Path FILE = GatewayDatabases.OWN.resolve("tools.yaml");

    @AfterEach
    void gone() throws IOException {
        Files.deleteIfExists(FILE);
        await().until(() -> !as("maker").get(TOOLS + "/own").asString().contains("tools.yaml"));
    }

    @Test
    void a_file_makes_tools_changes_them_and_takes_them_away() throws IOException {
        write(
                """
                kind: tool
                name: from_file
                description: One.
                connection: shop
                sql: |
                  select :n::int  -- :not a parameter
                parameters:
                  n: {type: integer, default: 1}
                ---
                kind: tool
                name: broken_one
                description: Two.
                connection: shop
                sql: select nowhere.x
                ---
                kind: tool
                name: query_database
                description: Three.
                connection: shop
                sql: select 1
                ---
                kind: tool
                tenant: others
                name: from_file
                description: Four.
                connection: shop
                sql: select 4
                ---
                kind: tool
                name: misspelt
                descripton: Five.
                connection: shop
                sql: select 5
                """);

        soon().until(() -> shown("alice").equals(java.util.Set.of("from_file")));
        assertThat(rows()).isEqualTo("[[1]]");
        as("maker")
                .get(TOOLS + "/own")
                .then()
                .body("items.find { it.definition?.name == 'broken_one' }.state", equalTo("broken"))
                .body(
                        "items.find { it.definition?.name == 'broken_one' }.problem",
                        containsString("character 8"))
                .body(
                        "items.find { it.definition?.name == 'query_database' }.problem",
                        containsString("built-in"))
                .body("items.source", hasItem("tools.yaml#5"))
                .body("items.size()", equalTo(4));
        TestCallers.know("others", "other", List.of("*", "admin"));
        assertThat(shown("other")).isEmpty();

        write("{kind: tool, name: from_file, description: x, connection: shop, sql: select 2}");
        soon().until(() -> rows().equals("[[2]]"));

        write("kind: [");
        soon().until(() -> shown("alice").isEmpty());
    }

    @Test
    void a_file_goes_before_the_api_and_is_changed_in_the_file_only() throws IOException {
        have(tool("from_file", "select 'api'"));
        write("{kind: tool, name: from_file, description: x, connection: shop, sql: select 1}");

        soon().until(() -> rows().equals("[[1]]"));
        as("maker")
                .get(TOOLS + "/own")
                .then()
                .body("items.find { it.source == 'api' }.problem", containsString("A file"));
        JsonObject again = tool("from_file", "select 3");
        define(again).statusCode(409);

        Files.delete(FILE);
        soon().until(() -> rows().equals("[[\"api\"]]"));
    }

    private String rows() {
        JsonObject answer = call("alice", "from_file", new JsonObject());
        return structured(answer).getJsonArray("rows").encode();
    }

    private static void write(String text) throws IOException {
        Path draft = FILE.resolveSibling(".draft");
        Files.writeString(draft, text);
        Files.move(draft, FILE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static ConditionFactory soon() {
        return await().ignoreExceptions();
    }
}
