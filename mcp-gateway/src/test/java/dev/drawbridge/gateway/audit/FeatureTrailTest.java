package dev.drawbridge.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// Resources and prompts, and what is not there for who asks.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class FeatureTrailTest extends GatewayCase {
    @Test
    void a_resource_that_was_read_with_who_where_and_which() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        String uri = "pg://" + shop + "/schema/shop/item";
        var answer =
                client("alice")
                        .post(
                                message("resources/read", new JsonObject().put("uri", uri)),
                                Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
        assertThat(answer.body()).contains("What is sold.");

        JsonObject record = only("trace = '" + UUID.fromString(dashed(trace)) + "'");
        assertThat(record.getString("action")).isEqualTo("resource.read");
        assertThat(record.getString("object")).isEqualTo("resource:" + uri);
        assertThat(record.getString("outcome")).isEqualTo("OK");
        assertThat(record.getString("username")).isEqualTo("alice");
        assertThat(record.getString("credential_type")).isEqualTo("api_token");
        assertThat(record.getString("client")).isEqualTo("127.0.0.1");
        assertThat(record.getString("connection")).isEqualTo(shop);
        assertThat(record.getString("database")).isEqualTo("postgres");
        assertThat(record.getString("rls")).contains("claims");
        assertThat(record.getInteger("bytes")).isPositive();
        assertThat(record.getInteger("duration_us")).isPositive();
    }

    @Test
    void a_resource_of_a_connection_by_its_own_uri_once() {
        String uri = "pg://" + register("info").extract().path("id") + "/info";
        String connection = uri.substring(5, 41);
        assertThat(ask("admin", "resources/read", "uri", uri).encode()).contains("version");

        assertThat(only("object = 'resource:" + uri + "'").getString("connection"))
                .isEqualTo(connection);
    }

    @Test
    void a_resource_that_is_not_there() {
        String uri = "pg://" + shop + "/schema/shop/no_such_table";
        ask("alice", "resources/read", "uri", uri);

        JsonObject record = only("object = 'resource:" + uri + "'");
        assertThat(record.getString("outcome")).isEqualTo("NOT_FOUND");
        assertThat(record.getString("connection")).isEqualTo(shop);
    }

    @Test
    void a_prompt_that_was_used_and_none_of_its_arguments() {
        var asked =
                new JsonObject()
                        .put("name", "slow-query")
                        .put(
                                "arguments",
                                new JsonObject()
                                        .put("connection_id", shop)
                                        .put("sql", "select 'a value of a prompt'"));
        assertThat(client("bob").request("prompts/get", asked).encode()).contains("of a prompt");

        JsonObject record = only("object = 'prompt:slow-query' and username = 'bob'");
        assertThat(record.getString("action")).isEqualTo("prompt.get");
        assertThat(record.getString("outcome")).isEqualTo("OK");
        assertThat(record.getString("client")).isEqualTo("127.0.0.1");
        assertThat(record.getInteger("bytes")).isPositive();
        assertThat(records("true").encode()).doesNotContain("a value of a prompt");
    }

    @ParameterizedTest
    @CsvSource({
        "resources/read, uri, pg://{shop}/info, resource.read, resource",
        "resources/read, uri, elsewhere://x, resource.read, resource",
        "resources/read, uri, pg://x, resource.read, resource",
        "prompts/get, name, write-query, prompt.get, prompt",
        "prompts/get, name, no-such-prompt, prompt.get, prompt",
        "tools/call, name, no_such_tool, tool.call, tool"
    })
    void what_is_not_there_for_who_asks(
            String method, String key, String name, String action, String kind) {
        String asked = name.replace("{shop}", shop);
        JsonObject answer = ask("stranger", method, key, asked);
        assertThat(answer.containsKey("error")).isTrue();

        JsonObject record = only("username = 'stranger' and object = '" + kind + ":" + asked + "'");
        assertThat(record.getString("action")).isEqualTo(action);
        assertThat(record.getString("outcome")).isEqualTo("NOT_FOUND");
        assertThat(record.getString("client")).isEqualTo("127.0.0.1");
    }

    @Test
    void each_of_a_batch() {
        String uri = "pg://" + UUID.randomUUID() + "/info";
        String tool = "tool_" + UUID.randomUUID();
        McpClient.connect(endpoint, "alice", "2025-03-26")
                .post(
                        new JsonArray()
                                .add(
                                        new JsonObject(
                                                message(
                                                        "resources/read",
                                                        new JsonObject().put("uri", uri))))
                                .add(
                                        new JsonObject(
                                                message(
                                                        "tools/call",
                                                        new JsonObject().put("name", tool))))
                                .encode());

        assertThat(only("object = 'resource:" + uri + "'").getString("outcome"))
                .isEqualTo("NOT_FOUND");
        assertThat(only("object = 'tool:" + tool + "'").getString("outcome"))
                .isEqualTo("NOT_FOUND");
    }

    private JsonObject ask(String bearer, String method, String key, String name) {
        return client(bearer).request(method, new JsonObject().put(key, name));
    }

    private McpClient client(String bearer) {
        return McpClient.connect(endpoint, bearer);
    }

    private static String message(String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", method)
                .put("method", method)
                .put("params", params)
                .encode();
    }

    private static String dashed(String trace) {
        return trace.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static JsonObject only(String condition) {
        JsonArray found =
                Awaitility.await(condition)
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> records(condition), all -> !all.isEmpty());
        assertThat(found).as(condition).hasSize(1);
        return found.getJsonObject(0);
    }

    private static JsonArray records(String condition) {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select coalesce(json_agg(v), '[]') from gateway.audit_v1 v where "
                                        + condition)) {
            found.next();
            return new JsonArray(found.getString(1));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
