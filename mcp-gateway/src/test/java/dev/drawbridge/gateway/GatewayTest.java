package dev.drawbridge.gateway;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class GatewayTest {
    private static String shop;

    @TestHTTPResource("/mcp/v1")
    URI endpoint;

    @Inject ToolManager toolManager;
    @Inject ConnectionManager sessions;

    @BeforeEach
    void people() {
        TestCallers.know("admin", Map.of(), "*", "admin");
        if (shop == null) {
            shop = register("shop").statusCode(201).extract().path("id");
        }
        String[] grants = {
            "connection:" + shop, "read", "tool:*", "read", "resource:*", "read", "prompt:*", "read"
        };
        TestCallers.know("alice", Map.of("owner", "alice"), grants);
        TestCallers.know("bob", Map.of("owner", "bob"), grants);
        TestCallers.know("stranger", Map.of(), "tool:*", "read", "resource:*", "read");
    }

    @Test
    void a_caller_sees_its_own_rows_and_no_others() {
        assertThat(rows("alice", "select distinct owner from shop.item"))
                .isEqualTo("[[\"alice\"]]");
        assertThat(rows("bob", "select distinct owner from shop.item")).isEqualTo("[[\"bob\"]]");
        assertThat(rows("admin", "select count(*) from shop.item")).isEqualTo("[[0]]");
    }

    @Test
    void an_answer_has_both_forms_and_the_text_is_marked_as_data() {
        JsonObject result = query("alice", "select id, owner from shop.item where id = 2");

        JsonObject structured = result.getJsonObject("structuredContent");
        assertThat(structured.encode())
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"id\",\"type\":\"int4\"},"
                                + "{\"name\":\"owner\",\"type\":\"text\"}],"
                                + "\"rows\":[[2,\"alice\"]],\"rowCount\":1,\"truncated\":false}");
        assertThat(text(result))
                .matches(
                        "(?s)<data-[0-9a-f]{16}> .*\nid\towner\n2\talice\n</data-[0-9a-f]{16}>\n1 row\\.");
    }

    @Test
    void three_hundred_thousand_rows_are_truncated_and_the_cursor_goes_on() {
        JsonObject first = structured(query("alice", "select id from shop.item order by id"));

        assertThat(first.getJsonArray("rows")).hasSize(100);
        assertThat(first.getBoolean("truncated")).isTrue();

        JsonObject second =
                structured(
                        call(
                                "alice",
                                "query_database",
                                sql("select id from shop.item order by id")
                                        .put("cursor", first.getString("nextCursor"))));
        assertThat(second.getJsonArray("rows").getJsonArray(0).getInteger(0)).isEqualTo(202);
    }

    @Test
    void a_cursor_is_nobody_elses_and_no_other_statements() {
        String sql = "select id from shop.item order by id";
        String cursor = structured(query("alice", sql)).getString("nextCursor");

        assertThat(
                        error(call("bob", "query_database", sql(sql).put("cursor", cursor)))
                                .getString("field"))
                .isEqualTo("cursor");
        assertThat(
                        error(
                                        call(
                                                "alice",
                                                "query_database",
                                                sql("select 1 from shop.item")
                                                        .put("cursor", cursor)))
                                .getString("field"))
                .isEqualTo("cursor");
        assertThat(
                        error(call("alice", "query_database", sql(sql).put("cursor", "k1:x")))
                                .getString("code"))
                .isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void what_writes_or_escapes_is_rejected_and_the_next_call_is_healthy() {
        for (String sql :
                List.of(
                        "delete from shop.item",
                        "COMMIT; DROP TABLE shop.item",
                        "select * from shop.item for update",
                        "with x as (delete from shop.item returning 1) select * from x",
                        "select set_config('app.owner', 'bob', true)",
                        "select U&\"set\\005fconfig\"('app.owner', 'bob', true)",
                        "select \"set_config\"('app.owner', 'bob', true)",
                        "/* select */ set role postgres",
                        "do $$ begin end $$",
                        "copy shop.item to stdout",
                        "select * into x from shop.item",
                        "select query_to_xml('select 1', true, true, '')")) {
            JsonObject error = error(query("alice", sql));
            assertThat(error.getString("code")).as(sql).isIn("QUERY_REJECTED", "DATABASE_ERROR");
            assertThat(rows("alice", "select count(distinct owner) from shop.item"))
                    .isEqualTo("[[1]]");
        }
    }

    @Test
    void ordinary_analytics_pass() {
        for (String sql :
                List.of(
                        "with t as (select owner, price from shop.item) select owner, percentile_cont(0.5)"
                                + " within group (order by price) from t group by owner",
                        "select id, sum(price) over (order by id rows between 2 preceding and current row)"
                                + " from shop.item limit 3",
                        "values (1, 'it''s; -- fine')",
                        "(select 1) union all (select 2)",
                        "table shop.item",
                        "select 'a' || E'\\'; drop table x' || $q$ set_config( $q$",
                        "explain (costs off) select 1",
                        "show server_version",
                        "select 1;")) {
            assertThat(query("alice", sql).getBoolean("isError")).as(sql).isFalse();
        }
    }

    @Test
    void wrong_arguments_are_named() {
        assertField("limit", sql("select 1").put("limit", "ten"));
        assertField("limit", sql("select 1").put("limit", 1001));
        assertField("limit", sql("select 1").put("limit", 0));
        assertField("limitt", sql("select 1").put("limitt", 5));
        assertField("sql", new JsonObject().put("connection_id", shop));
        assertField("params", sql("select 1").put("params", "x"));
        assertField("params", sql("select $1::int").put("params", new JsonArray().add("x")));
    }

    @Test
    void a_statement_that_runs_too_long_is_stopped() {
        JsonObject error =
                error(query("alice", "select count(*) from generate_series(1, 1e9::bigint)"));

        assertThat(error.getString("code")).isEqualTo("QUERY_TIMEOUT");
        assertThat(rows("alice", "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void a_huge_row_is_cut_and_the_next_call_is_healthy() {
        JsonObject answer = structured(query("alice", "select repeat('x', 50000000)"));

        assertThat(answer.getBoolean("truncated")).isTrue();
        assertThat(answer.getInteger("rowCount")).isZero();
        assertThat(rows("alice", "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void a_foreign_connection_does_not_exist() {
        JsonObject answer = call("stranger", "query_database", sql("select 1"));

        assertThat(error(answer).getString("code")).isEqualTo("NOT_FOUND");
        assertThat(structured(call("stranger", "list_connections", new JsonObject())).encode())
                .isEqualTo("{\"connections\":[]}");
        given().header("Authorization", "Bearer stranger")
                .get("/api/v1/connections/" + shop)
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void tools_are_listed_by_name_and_only_those_that_the_caller_may_use() {
        TestCallers.know(
                "narrow",
                Map.of(),
                new Grants(Map.of(ProtectedObject.tool("list_connections"), Level.READ)),
                "*",
                "read");

        assertThat(names("alice"))
                .containsExactly(
                        "count_rows",
                        "explain_query",
                        "get_schema",
                        "list_connections",
                        "query_database");
        assertThat(names("narrow")).containsExactly("list_connections");
        JsonObject refused = call("narrow", "query_database", sql("select 1"));
        assertThat(refused.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void every_tool_has_a_title_four_hints_and_both_schemas() {
        for (Object one :
                McpClient.connect(endpoint, "alice")
                        .request("tools/list", new JsonObject())
                        .getJsonArray("tools")) {
            var tool = (JsonObject) one;
            if (tool.getString("name").startsWith("test_")
                    || tool.getString("name").startsWith("json_")) {
                continue;
            }
            assertThat(tool.getString("title")).isNotBlank();
            assertThat(tool.getJsonObject("annotations").fieldNames())
                    .contains("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
            assertThat(tool.getJsonObject("inputSchema").getBoolean("additionalProperties"))
                    .isFalse();
            assertThat(tool.getJsonObject("outputSchema").getString("type")).isEqualTo("object");
        }
    }

    @Test
    void schemas_are_registered_once_and_not_generated_for_each_listing() {
        var ours =
                StreamSupport.stream(toolManager.spliterator(), false)
                        .filter(tool -> tool.name().equals("query_database"))
                        .toList();

        assertThat(ours).hasSize(1).noneMatch(ToolManager.ToolInfo::isMethod);
    }

    @Test
    void get_schema_tells_as_much_as_is_asked_for() {
        JsonObject names = structured(call("alice", "get_schema", on().put("detail", "names")));
        JsonObject full =
                structured(
                        call(
                                "alice",
                                "get_schema",
                                on().put("detail", "full").put("pattern", "pri*")));

        assertThat(names.getJsonArray("tables").encode())
                .isEqualTo("[{\"kind\":\"table\",\"name\":\"item\",\"schema\":\"shop\"}]");
        assertThat(full.getJsonArray("tables").getJsonObject(0).getString("comment"))
                .isEqualTo("What is sold.");
        assertThat(full.getJsonArray("tables").getJsonObject(0).getJsonArray("primaryKey").encode())
                .isEqualTo("[\"id\"]");
        assertThat(full.encode()).doesNotContain("secret").doesNotContain("\"rows\"");
    }

    @Test
    void count_rows_counts_what_the_caller_sees_and_takes_no_sql() {
        JsonObject counted =
                structured(
                        call(
                                "alice",
                                "count_rows",
                                on().put("schema", "shop")
                                        .put("table", "item")
                                        .put(
                                                "filters",
                                                new JsonArray()
                                                        .add(filter("id", "lte", 10))
                                                        .add(
                                                                filter(
                                                                        "owner",
                                                                        "in",
                                                                        new JsonArray()
                                                                                .add("alice")
                                                                                .add("bob"))))));
        JsonObject injected =
                call(
                        "alice",
                        "count_rows",
                        on().put("schema", "shop")
                                .put("table", "item\" where false; drop table shop.item --"));

        assertThat(counted.getInteger("count")).isEqualTo(5);
        assertThat(error(injected).getString("sqlState")).isEqualTo("42P01");
    }

    @Test
    void explain_query_shows_the_plan() {
        JsonObject plan =
                structured(
                        call(
                                "alice",
                                "explain_query",
                                sql("select * from shop.item where id = 1")));

        assertThat(plan.getString("plan")).contains("Index Scan");
        assertThat(
                        error(call("alice", "explain_query", sql("analyze shop.item")))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
    }

    @Test
    void resources_are_listed_read_and_completed_for_those_who_may() {
        var alice = McpClient.connect(endpoint, "alice");
        String info = "pg://" + shop + "/info";

        assertThat(alice.request("resources/list", new JsonObject()).encode()).contains(info);
        assertThat(alice.request("resources/read", new JsonObject().put("uri", info)).encode())
                .contains("version");
        assertThat(
                        alice.request(
                                        "resources/read",
                                        new JsonObject()
                                                .put("uri", "pg://" + shop + "/schema/shop/item"))
                                .encode())
                .contains("What is sold.");
        assertThat(
                        alice.request(
                                        "completion/complete",
                                        new JsonObject()
                                                .put(
                                                        "ref",
                                                        new JsonObject()
                                                                .put("type", "ref/resource")
                                                                .put(
                                                                        "uri",
                                                                        "pg://{connection}/schema/{schema}/{table}"))
                                                .put(
                                                        "argument",
                                                        new JsonObject()
                                                                .put("name", "table")
                                                                .put("value", "it"))
                                                .put(
                                                        "context",
                                                        new JsonObject()
                                                                .put(
                                                                        "arguments",
                                                                        new JsonObject()
                                                                                .put(
                                                                                        "connection",
                                                                                        shop)
                                                                                .put(
                                                                                        "schema",
                                                                                        "shop"))))
                                .encode())
                .contains("item");
        var stranger = McpClient.connect(endpoint, "stranger");
        assertThat(stranger.request("resources/list", new JsonObject()).encode())
                .doesNotContain(info);
        assertThat(
                        stranger.request("resources/read", new JsonObject().put("uri", info))
                                .getJsonObject("error")
                                .getInteger("code"))
                .isEqualTo(-32002);
    }

    @Test
    void prompts_are_filled_in() {
        JsonObject prompt =
                McpClient.connect(endpoint, "alice")
                        .request(
                                "prompts/get",
                                new JsonObject()
                                        .put("name", "write-query")
                                        .put(
                                                "arguments",
                                                new JsonObject()
                                                        .put("connection_id", shop)
                                                        .put("question", "How many items?")));

        assertThat(prompt.encode()).contains("How many items?").contains(shop);
    }

    @Test
    void a_request_without_a_good_credential_is_refused_at_once_also_with_a_string_id() {
        for (String bearer : new String[] {null, "nobody"}) {
            var answer =
                    McpClient.without(endpoint, bearer)
                            .post("{\"jsonrpc\":\"2.0\",\"id\":\"text\",\"method\":\"ping\"}");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(answer.body()).contains("AUTHENTICATION_ERROR");
        }
    }

    @Test
    void a_credential_that_is_revoked_ends_its_session() {
        TestCallers.know("leaver", Map.of(), "tool:*", "read");
        var leaver = McpClient.connect(endpoint, "leaver");
        TestCallers.forget("leaver");

        assertThat(leaver.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_is_nobody_elses() {
        var alice = McpClient.connect(endpoint, "alice");

        assertThat(
                        alice.as("bob")
                                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                                .statusCode())
                .isEqualTo(404);
        assertThat(alice.as("bob").delete().statusCode()).isEqualTo(404);
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(200);
        assertThat(alice.delete().statusCode()).isEqualTo(200);
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void sessions_of_one_caller_are_bounded() {
        for (int i = 0; i < 150; i++) {
            McpClient.connect(endpoint, "bob");
        }

        assertThat(StreamSupport.stream(sessions.spliterator(), false).count()).isLessThan(140);
    }

    @Test
    void only_configured_hosts_and_origins_are_answered() {
        for (String host :
                List.of(
                        "localhost.evil.example",
                        "evil.example",
                        "127.0.0.1.evil.example:8081",
                        "")) {
            assertThat(statusFor("Host", host)).as(host).isEqualTo(403);
        }
        for (String origin :
                List.of(
                        "http://localhost.evil.example",
                        "http://evil.example",
                        "null",
                        "http://localhost@evil.example")) {
            assertThat(statusFor("Origin", origin)).as(origin).isEqualTo(403);
        }
        assertThat(statusFor("Origin", "http://" + endpoint.getAuthority())).isEqualTo(200);
    }

    @Test
    void a_connection_never_shows_its_password() {
        admin().get("/api/v1/connections/" + shop)
                .then()
                .statusCode(200)
                .body("name", equalTo("shop"))
                .body("tlsMode", equalTo("disable"))
                .body(not(containsString("agent-secret")))
                .body(not(containsString("assword")));
    }

    @Test
    void a_connection_is_tried_and_judged_before_it_is_stored() {
        admin().contentType(ContentType.JSON)
                .body(connection("bad").put("username", "owner_like").put("password", "x").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("detail", containsString("create roles"));
        admin().contentType(ContentType.JSON)
                .body(connection("bad").put("port", 1).encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(503)
                .body("code", equalTo("DATABASE_UNAVAILABLE"))
                .body(not(containsString("agent-secret")));
        admin().post("/api/v1/connections/" + shop + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true));
    }

    @Test
    void a_misspelt_field_is_refused() {
        admin().contentType(ContentType.JSON)
                .body(connection("typo").put("allow_writes", true).encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("field", equalTo("allow_writes"));
        admin().get("/api/v1/connections?limt=5")
                .then()
                .statusCode(400)
                .body("field", equalTo("limt"));
    }

    @Test
    void a_change_needs_the_version_that_was_read_and_a_deleted_connection_is_gone() {
        String id = register("changing").statusCode(201).extract().path("id");
        var path = "/api/v1/connections/" + id;

        admin().contentType(ContentType.JSON)
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(428);
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"9\"")
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(412);
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("maxConnections", equalTo(5));
        admin().delete(path).then().statusCode(204);
        admin().get(path).then().statusCode(404);
    }

    @Test
    void a_repeated_creation_answers_with_what_it_made() {
        var body = connection("once");
        String first =
                admin().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "k")
                        .body(body.encode())
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        String again =
                admin().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "k")
                        .body(body.encode())
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");

        assertThat(again).isEqualTo(first);
        admin().contentType(ContentType.JSON)
                .header("Idempotency-Key", "k")
                .body(connection("other").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(409);
        admin().contentType(ContentType.JSON)
                .body(body.encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(409)
                .body("code", equalTo("CONFLICT"));
    }

    @Test
    void only_an_administrator_of_connections_registers_them() {
        given().header("Authorization", "Bearer alice")
                .contentType(ContentType.JSON)
                .body(connection("mine").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(403)
                .body("code", equalTo("AUTHORIZATION_ERROR"));
        given().get("/api/v1/connections").then().statusCode(401);
        given().header("Authorization", "Bearer alice")
                .get("/api/v1/connections")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void every_call_is_recorded_without_its_text() throws Exception {
        query("alice", "select 'a very special text'");
        error(query("alice", "delete from shop.item"));
        Thread.sleep(500);

        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                """
                                select count(*) filter (where outcome = 'OK' and rows > 0),
                                       count(*) filter (where outcome = 'QUERY_REJECTED'),
                                       count(*) filter (where t::text like '%very special%')
                                  from gateway.tool_call t
                                """)) {
            found.next();
            assertThat(found.getInt(1)).isPositive();
            assertThat(found.getInt(2)).isPositive();
            assertThat(found.getInt(3)).isZero();
        }
    }

    private int statusFor(String header, String value) {
        return given().header("Authorization", "Bearer admin")
                .header(header, value)
                .get(endpoint.resolve("/api/v1/connections"))
                .statusCode();
    }

    private void assertField(String field, JsonObject arguments) {
        JsonObject error = error(call("alice", "query_database", arguments));
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo(field);
    }

    private List<String> names(String bearer) {
        return McpClient.connect(endpoint, bearer)
                .request("tools/list", new JsonObject())
                .getJsonArray("tools")
                .stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .filter(name -> !name.startsWith("test_") && !name.startsWith("json_"))
                .toList();
    }

    private String rows(String bearer, String sql) {
        return structured(query(bearer, sql)).getJsonArray("rows").encode();
    }

    private JsonObject query(String bearer, String sql) {
        return call(bearer, "query_database", sql(sql));
    }

    private JsonObject call(String bearer, String tool, JsonObject arguments) {
        return McpClient.connect(endpoint, bearer).call(tool, arguments);
    }

    private static JsonObject sql(String sql) {
        return on().put("sql", sql);
    }

    private static JsonObject on() {
        return new JsonObject().put("connection_id", shop);
    }

    private static JsonObject filter(String column, String op, Object value) {
        return new JsonObject().put("column", column).put("op", op).put("value", value);
    }

    private static JsonObject structured(JsonObject result) {
        assertThat(result.getBoolean("isError")).as(result.encode()).isFalse();
        return result.getJsonObject("structuredContent");
    }

    private static JsonObject error(JsonObject result) {
        assertThat(result.getBoolean("isError")).as(result.encode()).isTrue();
        return result.getJsonObject("structuredContent").getJsonObject("error");
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    private static io.restassured.response.ValidatableResponse register(String name) {
        return admin().contentType(ContentType.JSON)
                .body(connection(name).encode())
                .post("/api/v1/connections")
                .then();
    }

    private static JsonObject connection(String name) {
        return new JsonObject()
                .put("name", name)
                .put("host", "127.0.0.1")
                .put("port", GatewayDatabases.postgres().port())
                .put("database", "postgres")
                .put("username", "agent")
                .put("password", "agent-secret")
                .put("tlsMode", "disable")
                .put(
                        "rls",
                        new JsonObject()
                                .put("mode", "claims")
                                .put(
                                        "settings",
                                        new JsonObject().put("app.owner", "attributes.owner")));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer admin");
    }
}
