package dev.drawbridge.gateway.resource.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.own.OwnCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Defining own resources over REST: what is read, by whom, and what is refused.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OwnResourceResourceTest extends OwnCase {
    private static final String RESOURCES = "/api/v1/mcp/resources";
    private static final Path FILE = GatewayDatabases.OWN.resolve("resources.yaml");

    OwnResourceResourceTest() {
        super(RESOURCES);
    }

    @BeforeEach
    void shelf() throws SQLException {
        run(
                """
                drop schema if exists own_leaf cascade;
                create schema own_leaf;
                grant usage on schema own_leaf to agent;
                create table own_leaf.page (id int primary key, words text not null);
                insert into own_leaf.page values (1, 'first'), (2, 'second');
                grant select on own_leaf.page to agent;
                """);
    }

    private static JsonObject text(String name, String uri, String text) {
        return new JsonObject()
                .put("name", name)
                .put("uri", uri)
                .put("description", "What " + name + " says.")
                .put("text", text);
    }

    private static JsonObject rows(String name, String uri, String sql) {
        JsonObject resource = text(name, uri, "").put("connection", "shop").put("sql", sql);
        resource.remove("text");
        return resource;
    }

    private static JsonObject page(String name) {
        return rows(name, "own://page/{id}", "select words from own_leaf.page where id = :id::int");
    }

    /// The content in both eras, which say the same.
    private String read(String bearer, String uri) {
        var asked = new JsonObject().put("uri", uri);
        String modern =
                StatelessClient.of(endpoint, bearer).request("resources/read", asked).encode();
        String legacy =
                McpClient.connect(endpoint, bearer).request("resources/read", asked).encode();
        assertThat(legacy.contains("contents")).isEqualTo(modern.contains("contents"));
        return legacy;
    }

    private String listed(String bearer) {
        var modern = StatelessClient.of(endpoint, bearer);
        return modern.request("resources/list", new JsonObject()).encode()
                + modern.request("resources/templates/list", new JsonObject()).encode();
    }

    @Test
    void a_definition_is_read_at_once_and_has_versions() {
        define("maker", text("guide-made", "own://leaf/guide", "Use it so."))
                .statusCode(201)
                .header("Location", containsString(RESOURCES + "/guide-made"))
                .header("ETag", equalTo("\"1\""))
                .body("source", equalTo("api"))
                .body("state", equalTo("ok"))
                .body("changedBy", equalTo("maker"))
                .body("definition.text", equalTo("Use it so."))
                .body("definition.connection", equalTo(null));
        assertThat(read("reader", "own://leaf/guide")).contains("Use it so.");
        assertThat(listed("reader")).contains("own://leaf/guide");

        JsonObject changed = text("guide-made", "own://leaf/guide", "Use it otherwise.");
        as("maker").body(changed.encode()).put(RESOURCES + "/guide-made").then().statusCode(428);
        change("\"7\"", changed).statusCode(412);
        change("\"1\"", changed).statusCode(200).header("ETag", equalTo("\"2\""));
        assertThat(read("reader", "own://leaf/guide")).contains("Use it otherwise.");
    }

    @Test
    void what_was_removed_is_gone_and_its_versions_and_records_are_not() {
        JsonObject guide = text("guide-gone", "own://leaf/gone", "Use it so.");
        define(guide).statusCode(201);
        change("\"1\"", guide.copy().put("title", "Gone")).statusCode(200);

        remove("\"1\"", "guide-gone").statusCode(412);
        remove("\"2\"", "guide-gone").statusCode(204);
        assertThat(read("reader", "own://leaf/gone")).contains("error");
        as("maker")
                .get(RESOURCES + "/guide-gone/versions")
                .then()
                .body("items.version", contains(3, 2, 1))
                .body("items[0].definition", equalTo(null))
                .body("items[2].definition.text", equalTo("Use it so."));
        assertRecorded("resource", "own://leaf/gone", "Use it so.");
    }

    @Test
    void a_statement_is_prepared_on_its_database_before_it_is_kept() {
        as("maker")
                .body(page("page-kept").encode())
                .post(RESOURCES + "/validate")
                .then()
                .statusCode(200)
                .body("template", equalTo(true))
                .body("mimeType", equalTo("application/json"))
                .body("statement.parameters", contains("int4"))
                .body("statement.columns.name", contains("words"));
        as("maker").get(RESOURCES + "/page-kept").then().statusCode(404);

        define(page("page-kept")).statusCode(201);
        assertThat(read("reader", "own://page/2")).contains("second");
        assertThat(listed("reader")).contains("own://page/{id}");
        assertThat(read("reader", "own://page/two")).contains("VALIDATION_ERROR", "id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sql | select nothing_such from own_leaf.page where id = :id::int",
                "sql | delete from own_leaf.page where id = :id::int",
                "sql | select 1",
                "sql | select :id::int, :other::int",
                "sql | select ':unfinished",
                "connection | nowhere",
                "database | nowhere",
                "uri | pg://page/{id}",
                "uri | own://page/{id}/{id}",
                "uri | own://page/../{id}",
                "name | validate",
                "name | a b",
                "title | ''",
                "mimeType | nonsense",
                "description | ''",
                "text | both",
            })
    void what_is_none_is_refused_by_the_name_of_the_field(String field, String value) {
        define(page("leaf-hostile").put(field, value))
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo(field));
    }

    @Test
    void what_says_nothing_or_cannot_be_written_down_is_refused() {
        define(text("leaf-hostile", "own://leaf", "a\u0000b"))
                .statusCode(400)
                .body("field", equalTo("text"));
        define(page("leaf-hostile").put("from", new JsonObject().putNull("id")))
                .statusCode(400)
                .body("field", equalTo("from"));
        define(page("leaf-hostile").put("rowLimit", 1_001)).body("field", equalTo("rowLimit"));
        define(page("leaf-hostile").put("more", 1)).statusCode(400);
        define(text("leaf-hostile", "own://leaf", "x").put("connection", "shop"))
                .statusCode(400)
                .body("field", equalTo("connection"));
        as("maker").body("null").post(RESOURCES).then().statusCode(400);
        as("maker").body("[]").post(RESOURCES).then().statusCode(400);
    }

    @Test
    void one_name_and_one_uri_are_of_one_resource() {
        define(page("page-one")).statusCode(201);
        define(page("page-one")).statusCode(409).body("detail", containsString("name"));
        JsonObject same = rows("other-one", "own://page/{nr}", "select :nr::text");
        define(same).statusCode(409).body("detail", containsString("URI"));

        define(text("other-one", "own://page/about", "About.")).statusCode(201);
        assertThat(read("reader", "own://page/about")).contains("About.");
        assertThat(read("reader", "own://page/1")).contains("first");
        change("\"1\"", same).statusCode(409);
    }

    @Test
    void who_administers_no_tools_or_may_not_read_the_database_defines_none() {
        TestCallers.know("toolless", Map.of(), "*", "read", "connection:" + shop, "admin");
        TestCallers.know("blind-maker", Map.of(), "admin:tools", "admin");

        define("toolless", text("guide-right", "own://leaf", "x")).statusCode(403);
        define("blind-maker", page("page-right")).statusCode(404);
        define("blind-maker", text("guide-right", "own://leaf", "x")).statusCode(201);
        for (String path : List.of("/own", "/guide-right", "/guide-right/versions")) {
            as("toolless").get(RESOURCES + path).then().statusCode(403);
        }
        as("toolless")
                .body(page("x").encode())
                .post(RESOURCES + "/validate")
                .then()
                .statusCode(403);
        as("toolless").delete(RESOURCES + "/guide-right").then().statusCode(403);
    }

    @Test
    void another_tenant_sees_nothing_of_it_and_is_told_nothing() {
        TestCallers.know("rivals", "rival-leaf", List.of("*", "admin"));
        try (McpStream told = listen("reader", "resourcesListChanged");
                McpStream untold = listen("rival-leaf", "resourcesListChanged")) {
            define(text("guide-theirs", "own://leaf/ours", "Ours.")).statusCode(201);
            await().until(() -> told.changedLists().contains("resources"));
            assertThat(untold.changedLists()).isEmpty();
        }
        assertThat(listed("rival-leaf")).doesNotContain("own://leaf/ours");
        assertThat(read("rival-leaf", "own://leaf/ours")).contains("error");
        as("rival-leaf").get(RESOURCES + "/guide-theirs").then().statusCode(404);
        as("rival-leaf").delete(RESOURCES + "/guide-theirs").then().statusCode(404);
    }

    @Test
    void one_that_its_database_takes_no_longer_is_broken_and_says_so() throws SQLException {
        define(page("page-broken")).statusCode(201);
        run("alter table own_leaf.page rename column words to phrases");

        assertThat(read("reader", "own://page/1")).contains("This resource no longer fits");
        as("maker")
                .get(RESOURCES + "/page-broken")
                .then()
                .body("state", equalTo("broken"))
                .body("problem", containsString("words"));
        run("alter table own_leaf.page rename column phrases to words");
        assertThat(read("reader", "own://page/1")).contains("first");
        as("maker")
                .get(RESOURCES + "/own")
                .then()
                .body("items.find { it.definition?.name == 'page-broken' }.state", equalTo("ok"));
    }

    @Test
    void a_file_goes_before_the_api_and_one_that_is_refused_is_told_of() throws IOException {
        define(text("guide-file", "own://leaf/guide", "From the API.")).statusCode(201);
        try {
            Files.writeString(
                    FILE,
                    """
                    {kind: resource, name: leaf-file, uri: "own://leaf/guide", description: x,
                     text: From the file.}
                    ---
                    {kind: resource, name: leaf-broken, uri: "own://leaf/broken", description: x,
                     connection: shop, sql: select nowhere.x}
                    ---
                    {kind: resource, name: leaf-typo, uri: "own://leaf/typo", descripton: x, text: x}
                    """);
            await().untilAsserted(() ->
                    assertThat(read("reader", "own://leaf/guide")).contains("From the file."));
            as("maker")
                    .get(RESOURCES + "/own")
                    .then()
                    .body(
                            "items.find { it.source == 'api' }.problem",
                            equalTo("A file defines a resource of that URI."))
                    .body(
                            "items.find { it.definition?.name == 'leaf-broken' }.problem",
                            containsString("sql"))
                    .body(
                            "items.find { it.source == 'resources.yaml#3' }.problem",
                            containsString("description: is missing"));
            as("maker").delete(RESOURCES + "/leaf-file").then().statusCode(409);
        } finally {
            Files.deleteIfExists(FILE);
        }
        await().untilAsserted(() ->
                assertThat(read("reader", "own://leaf/guide")).contains("From the API."));
        await().until(() -> !as("maker").get(RESOURCES + "/own").asString().contains(".yaml"));
    }
}
