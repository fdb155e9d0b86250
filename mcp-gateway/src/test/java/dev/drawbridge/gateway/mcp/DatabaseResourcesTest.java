package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class DatabaseResourcesTest extends ResourceCase {
    private static final int NOT_FOUND = -32_002;

    private static final List<String> NO_RESOURCES =
            List.of(
                    "pg://",
                    "pg:///info",
                    "pg://*/info",
                    "pg://{library}",
                    "pg://{library}/",
                    "pg://{library}/nothing",
                    "pg://{library}/info/",
                    "pg://{library}/schema/",
                    "pg://{library}/schema/lib/",
                    "pg://{library}/schema/lib/book/id",
                    "pg://{library}/schema/lib/../lib/book",
                    "pg://{library}/schema/no_such",
                    "pg://{library}/schema/pg_catalog",
                    "pg://{library}/schema/lib/no_such",
                    "pg://{library}/schema/lib/book\u0000",
                    "pg://{library}/schema/lib/book%00",
                    "pg://{library}/schema/lib/bo%0Aok",
                    "pg://{library}/schema/lib/%C2%85",
                    "pg://{library}/schema/lib/bo\nok",
                    "pg://{library}/schema/lib/%",
                    "pg://{library}/schema/lib/%6",
                    "pg://{library}/schema/lib/%zz",
                    "pg://{library}/schema/lib/%+6",
                    "pg://{library}/schema/lib/%C3%28",
                    "pg://{library}/schema/lib/%FF",
                    "pg://{library}/schema/lib/\uD800",
                    "pg://{library}/database",
                    "pg://{library}/database/attic",
                    "pg://{library}/database/no_such/schema",
                    "pg://{library}/database/template0/schema",
                    "pg://{library}/database//schema",
                    "pg://{library}/database/a%00b/schema",
                    "pg://{shop}/schema",
                    "pg://{shop}/database/library/schema",
                    "pg://1-1-1-1-1/info",
                    "pg://{library}/schema/%25s/'; drop table lib.book; --");

    @Test
    void schemas_are_told_with_how_much_is_in_them() {
        JsonObject schemas = content(McpClient.connect(endpoint, "reader"), uri("/schema"));

        assertThat(schemas.getJsonArray("schemas"))
                .contains(new JsonObject().put("name", "wide").put("tables", 150).put("views", 0));
        assertThat(schemas.getBoolean("truncated")).isFalse();
    }

    @Test
    void a_schema_is_told_with_its_tables_and_views() {
        JsonObject schema = content(McpClient.connect(endpoint, "reader"), uri("/schema/lib"));

        assertThat(schema.getString("database")).isEqualTo("library");
        assertThat(schema.getJsonArray("tables").encode())
                .contains("\"name\":\"book\"", "What can be lent.", "\"kind\":\"view\"");
    }

    @Test
    void another_database_of_the_connection_has_the_same_resources() {
        var reader = McpClient.connect(endpoint, "reader");

        assertThat(content(reader, uri("/database/attic/schema")).encode()).contains("old");
        assertThat(content(reader, uri("/database/attic/schema/old")).encode()).contains("map");
        assertThat(content(reader, uri("/database/attic/schema/old/map")).encode())
                .contains("\"name\":\"id\"");
        assertThat(content(reader, uri("/database/attic/info")).getString("database"))
                .isEqualTo("attic");
    }

    @Test
    void the_own_database_by_its_name_is_the_one_without() {
        TestCallers.know(
                "borrower",
                Map.of(),
                "connection:" + library,
                "read",
                "resource:" + uri("/schema/lib/*"),
                "read");
        var borrower = McpClient.connect(endpoint, "borrower");

        assertThat(content(borrower, uri("/database/library/schema/lib/book")))
                .isEqualTo(content(borrower, uri("/schema/lib/book")));
        assertThat(code(read(borrower, uri("/schema/wide/t001")))).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/schema/od%2Fd%20%25/what%2Ais%3F%20that",
                "/schema/od%2fd%20%25/what*is%3f%20that",
                "/schema/%6Fd%2Fd %25/what*is? that"
            })
    void a_name_is_found_with_whatever_escapes_it_is_written(String path) {
        JsonObject table = content(McpClient.connect(endpoint, "reader"), uri(path));

        assertThat(table.getString("name")).isEqualTo("what*is? that");
    }

    @ParameterizedTest
    @FieldSource("NO_RESOURCES")
    void what_is_no_resource_of_the_callers_is_not_found(String form) {
        String uri = form.replace("{library}", library).replace("{shop}", shop);
        var reader = McpClient.connect(endpoint, "reader");

        for (String method : List.of("resources/read", "resources/subscribe")) {
            JsonObject answer = reader.request(method, new JsonObject().put("uri", uri));

            assertThat(code(answer)).as("%s: %s", method, answer.encode()).isEqualTo(NOT_FOUND);
            assertThat(answer.encode()).doesNotContain("INTERNAL_ERROR");
        }
        assertThat(reader.request("resources/unsubscribe", new JsonObject().put("uri", uri)))
                .isEmpty();
    }

    @Test
    void what_is_not_found_is_on_record_even_with_what_no_record_can_hold() {
        TestCallers.know("prober", Map.of(), "resource:*", "read");
        var prober = McpClient.connect(endpoint, "prober");

        read(prober, "pg://" + library + "/schema/a\u0000b");
        subscribe(prober, "pg://" + library + "/schema/probed");

        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        "2"
                                .equals(
                                        GatewayDatabases.postgres()
                                                .value(
                                                        "select count(*) from gateway.audit_v1"
                                                                + " where username = 'prober' and"
                                                                + " outcome = 'NOT_FOUND' and"
                                                                + " object like 'resource:pg:%'")));
    }

    @Test
    void another_database_needs_a_grant_on_it() {
        TestCallers.know(
                "inside",
                Map.of(),
                "connection:" + library + "/library",
                "read",
                "resource:*",
                "read");
        var inside = McpClient.connect(endpoint, "inside");

        assertThat(content(inside, uri("/schema")).encode()).contains("lib");
        assertThat(code(read(inside, uri("/database/attic/schema")))).isEqualTo(NOT_FOUND);
        assertThat(
                        completed(
                                inside,
                                "pg://{connection}/database/{database}/schema",
                                "database",
                                ""))
                .containsExactly("library");
    }

    @Test
    void many_connections_are_listed_by_pages_in_one_order() {
        var postgres = GatewayDatabases.postgres();
        postgres.run(
                """
                create temp table crowd as select * from gateway.connection where id = '%1$s';
                insert into gateway.connection
                select (jsonb_populate_record(c, jsonb_build_object(
                          'id', gen_random_uuid(), 'name', 'crowd ' || i))).*
                  from crowd c, generate_series(1, 250) i;
                select pg_notify('drawbridge_gateway', '{"topic":"connections","message":{}}')
                """
                        .formatted(library));
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> listed().size() >= 500);

            List<String> all = listed();

            assertThat(all).isSorted().doesNotHaveDuplicates();
        } finally {
            postgres.run("delete from gateway.connection where name like 'crowd %'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "cGc6Ly8", "AAAA", "YWZ0ZXI"})
    void a_cursor_of_nobodys_is_refused(String cursor) {
        var reader = McpClient.connect(endpoint, "reader");

        for (String list : List.of("resources/list", "resources/templates/list")) {
            JsonObject refused = reader.request(list, new JsonObject().put("cursor", cursor));

            assertThat(code(refused)).as(list).isEqualTo(-32_602);
        }
    }

    @Test
    void at_most_a_hundred_names_are_completed_and_how_many_there_are_is_told() {
        var reader = McpClient.connect(endpoint, "reader");

        JsonObject tables = completion(reader, "pg://{connection}/schema/{schema}/{table}", "t");

        assertThat(tables.getJsonArray("values")).hasSize(100).startsWith("t001");
        assertThat(tables.getInteger("total")).isEqualTo(150);
        assertThat(tables.getBoolean("hasMore")).isTrue();
        assertThat(
                        completed(
                                McpClient.connect(endpoint, "alice"),
                                "pg://{connection}/schema/{schema}",
                                "schema",
                                ""))
                .isEmpty();
    }

    private List<String> listed() {
        var client = McpClient.connect(endpoint, "admin");
        List<String> uris = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page =
                    client.request(
                            "resources/list",
                            cursor == null
                                    ? new JsonObject()
                                    : new JsonObject().put("cursor", cursor));
            assertThat(page.getJsonArray("resources").size()).isLessThanOrEqualTo(200);
            page.getJsonArray("resources")
                    .forEach(one -> uris.add(((JsonObject) one).getString("uri")));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return uris;
    }

    private static List<Object> completed(
            McpClient client, String template, String variable, String written) {
        return complete(client, template, variable, written, new JsonObject())
                .getJsonArray("values")
                .stream()
                .toList();
    }

    private static JsonObject completion(McpClient client, String template, String written) {
        return complete(client, template, "table", written, new JsonObject().put("schema", "wide"));
    }

    private static JsonObject complete(
            McpClient client, String template, String variable, String written, JsonObject known) {
        return client.request(
                        "completion/complete",
                        new JsonObject()
                                .put(
                                        "ref",
                                        new JsonObject()
                                                .put("type", "ref/resource")
                                                .put("uri", template))
                                .put(
                                        "argument",
                                        new JsonObject()
                                                .put("name", variable)
                                                .put("value", written))
                                .put(
                                        "context",
                                        new JsonObject()
                                                .put(
                                                        "arguments",
                                                        known.put("connection", library))))
                .getJsonObject("completion");
    }

    private static int code(JsonObject answer) {
        return answer.getJsonObject("error", new JsonObject().put("code", 0)).getInteger("code");
    }
}
