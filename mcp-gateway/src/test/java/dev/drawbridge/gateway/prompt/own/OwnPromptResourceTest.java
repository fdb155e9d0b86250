package dev.drawbridge.gateway.prompt.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.own.OwnCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Defining own prompts over REST: what is got, by whom, and what is refused.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OwnPromptResourceTest extends OwnCase {
    private static final String PROMPTS = "/api/v1/mcp/prompts";
    private static final Path FILE = GatewayDatabases.OWN.resolve("prompts.yaml");

    OwnPromptResourceTest() {
        super(PROMPTS);
    }

    private static JsonObject prompt(String name, String text) {
        return new JsonObject()
                .put("name", name)
                .put("description", "Asks for " + name + ".")
                .put(
                        "arguments",
                        new JsonObject()
                                .put("zone", new JsonObject().put("description", "Where."))
                                .put(
                                        "area",
                                        new JsonObject()
                                                .put("description", "Of what.")
                                                .put("required", true)))
                .put("text", text);
    }

    /// The text of a prompt in both eras, which say the same; the error where there is none.
    private String got(String bearer, String name) {
        var asked =
                new JsonObject()
                        .put("name", name)
                        .put("arguments", new JsonObject().put("area", "north"));
        JsonObject modern = StatelessClient.of(endpoint, bearer).request("prompts/get", asked);
        JsonObject legacy = McpClient.connect(endpoint, bearer).request("prompts/get", asked);
        JsonArray messages = legacy.getJsonArray("messages");
        assertThat(modern.getJsonArray("messages")).isEqualTo(messages);
        return messages == null
                ? legacy.encode()
                : messages.getJsonObject(0).getJsonObject("content").getString("text");
    }

    private JsonObject listed(String bearer, String name) {
        JsonArray all =
                StatelessClient.of(endpoint, bearer)
                        .request("prompts/list", new JsonObject())
                        .getJsonArray("prompts");
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElse(new JsonObject());
    }

    @Test
    void a_definition_is_got_at_once_and_has_versions() {
        define(prompt("order-made", "Order for {{area}}."))
                .statusCode(201)
                .header("Location", containsString(PROMPTS + "/order-made"))
                .header("ETag", equalTo("\"1\""))
                .body("source", equalTo("api"))
                .body("state", equalTo("ok"))
                .body("definition.arguments.area.required", equalTo(true));
        assertThat(got("reader", "order-made")).isEqualTo("Order for \"north\".");
        assertThat(
                        listed("reader", "order-made").getJsonArray("arguments").stream()
                                .map(it -> ((JsonObject) it).getString("name")))
                .containsExactly("zone", "area");

        JsonObject changed = prompt("order-made", "Do not order for {{area}}.");
        as("maker").body(changed.encode()).put(PROMPTS + "/order-made").then().statusCode(428);
        change("\"1\"", changed).statusCode(200).header("ETag", equalTo("\"2\""));
        assertThat(got("reader", "order-made")).startsWith("Do not order");
        as("maker").delete(PROMPTS + "/order-made").then().statusCode(204);
        assertThat(got("reader", "order-made")).contains("error");
        as("maker")
                .get(PROMPTS + "/order-made/versions")
                .then()
                .body("items.version", contains(3, 2, 1));
        assertRecorded("prompt", "order-made", "rder for");
    }

    @Test
    void a_dry_run_says_what_it_would_ask_for_and_keeps_nothing() {
        as("maker")
                .body(prompt("order-tried", "Order for {{area}}.").encode())
                .post(PROMPTS + "/validate")
                .then()
                .statusCode(200)
                .body("arguments.name", contains("zone", "area"))
                .body("arguments.required", contains(false, true));
        as("maker").get(PROMPTS + "/order-tried").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | \"slow-query\"",
                "name | \"own\"",
                "name | \"a b\"",
                "name | null",
                "title | \"a\\nb\"",
                "description | \"\\u202e\"",
                "description | null",
                "text | \"\"",
                "text | null",
                "text | \"a\\u0000b\"",
                "text | \"{{other}}\"",
                "arguments | {\"a b\":{\"description\":\"x\"}}",
                "arguments | {\"zone\":null}",
                "arguments | {\"zone\":{}}",
            })
    void what_is_none_is_refused_by_the_name_of_the_field(String field, String value) {
        Object json = new JsonArray("[" + value + "]").getValue(0);
        define(prompt("leaf-hostile", "Plain.").put(field, json))
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", startsWith(field));
        as("maker").get(PROMPTS + "/leaf-hostile").then().statusCode(404);
    }

    @Test
    void who_administers_no_tools_defines_none() {
        TestCallers.know("toolless", Map.of(), "prompt:*", "admin");
        define("toolless", prompt("order-right", "x")).statusCode(403);
        define(prompt("order-right", "x")).statusCode(201);
        define(prompt("order-right", "x")).statusCode(409);
        for (String path : List.of("/own", "/order-right", "/order-right/versions")) {
            as("toolless").get(PROMPTS + path).then().statusCode(403);
        }
        as("toolless").delete(PROMPTS + "/order-right").then().statusCode(403);
        as("nobody-known").get(PROMPTS + "/own").then().statusCode(401);
    }

    @Test
    void another_tenant_and_who_has_no_grant_see_nothing_of_it() {
        TestCallers.know("rivals", "rival-leaf", List.of("*", "admin"));
        TestCallers.know("promptless", Map.of(), "prompt:other", "read");
        try (McpStream told = listen("reader", "promptsListChanged");
                McpStream untold = listen("rival-leaf", "promptsListChanged")) {
            define(prompt("order-theirs", "x")).statusCode(201);
            await().until(() -> told.changedLists().contains("prompts"));
            assertThat(untold.changedLists()).isEmpty();
        }
        for (String other : List.of("rival-leaf", "promptless")) {
            assertThat(listed(other, "order-theirs").isEmpty()).isTrue();
            assertThat(got(other, "order-theirs")).contains("error");
        }
        as("rival-leaf").get(PROMPTS + "/order-theirs").then().statusCode(404);
        define("rival-leaf", prompt("order-theirs", "Theirs.")).statusCode(201);
        assertThat(got("rival-leaf", "order-theirs")).isEqualTo("Theirs.");
        assertThat(got("reader", "order-theirs")).isEqualTo("x");
        as("rival-leaf").delete(PROMPTS + "/order-theirs").then().statusCode(204);
    }

    @Test
    void what_another_replica_keeps_is_there_when_it_says_so() throws SQLException {
        run(
                """
                insert into gateway.own_prompt
                       (tenant, name, version, definition, described, changed_by)
                values ('default', 'leaf-elsewhere', 1,
                        '{"name":"leaf-elsewhere","description":"x","text":"From elsewhere.",
                          "arguments":{"area":{"description":"x"}}}',
                        '{"parameters":[],"columns":[]}', 'it');
                select pg_notify('drawbridge_gateway',
                                 '{"topic":"own-prompts","message":{}}');
                """);
        try {
            await().untilAsserted(() ->
                    assertThat(got("reader", "leaf-elsewhere")).isEqualTo("From elsewhere."));
        } finally {
            as("admin").delete(PROMPTS + "/leaf-elsewhere").then().statusCode(204);
        }
    }

    @Test
    void a_file_goes_before_the_api_and_one_that_is_refused_is_told_of() throws IOException {
        define(prompt("order-file", "From the API.")).statusCode(201);
        try {
            Files.writeString(
                    FILE,
                    """
                    {kind: prompt, name: order-file, description: x, text: From the file.,
                     arguments: {area: {description: Of what.}}}
                    ---
                    {kind: prompt, name: slow-query, description: x, text: Never.}
                    ---
                    {kind: prompt, name: leaf-null, description: x, text: x, arguments: {a: }}
                    """);
            await().untilAsserted(() ->
                    assertThat(got("reader", "order-file")).isEqualTo("From the file."));
            as("maker")
                    .get(PROMPTS + "/own")
                    .then()
                    .body("items.find { it.source == 'api' }.state", equalTo("broken"))
                    .body(
                            "items.find { it.source == 'prompts.yaml#2' }.problem",
                            equalTo("There is a built-in prompt of that name."))
                    .body(
                            "items.find { it.source == 'prompts.yaml#3' }.problem",
                            containsString("says nothing of a"));
        } finally {
            Files.deleteIfExists(FILE);
        }
        await().untilAsserted(
                        () -> assertThat(got("reader", "order-file")).isEqualTo("From the API."));
        await().until(() -> !as("maker").get(PROMPTS + "/own").asString().contains(".yaml"));
    }
}
