package dev.drawbridge.gateway.login;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class DatabaseLoginTest extends LoginCase {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Test
    void a_login_sees_its_connection_with_all_tools_that_read_and_nothing_else() {
        JsonObject listed = structured(call(dana(), "list_connections", new JsonObject()));

        assertThat(listed.getJsonArray("connections")).hasSize(1);
        assertThat(listed.getJsonArray("connections").getJsonObject(0).getString("id"))
                .isEqualTo(desk);
        assertThat(names(dana()))
                .containsExactly(
                        "count_rows",
                        "explain_query",
                        "get_schema",
                        "list_connections",
                        "query_database");
        assertThat(error(call(dana(), "query_database", on(shop, "select 1"))).getString("code"))
                .isEqualTo("NOT_FOUND");
        connections(dana()).then().statusCode(200).body("items", hasSize(1));
        get(dana(), path(shop)).then().statusCode(404);
        get(dana(), path(desk)).then().statusCode(200).body("databaseCredentials", equalTo(true));
    }

    @Test
    void a_login_reads_resources_and_prompts_of_its_connection() {
        var client = McpClient.connect(endpoint, dana());

        assertThat(
                        client.request(
                                        "resources/read",
                                        new JsonObject().put("uri", "pg://" + desk + "/info"))
                                .encode())
                .contains("desk");
        assertThat(
                        client.request(
                                        "resources/read",
                                        new JsonObject().put("uri", "pg://" + shop + "/info"))
                                .encode())
                .doesNotContain("\"contents\"");
        assertThat(client.request("prompts/list", new JsonObject()).getJsonArray("prompts"))
                .isNotEmpty();
        assertThat(client.request("resources/list", new JsonObject()).getJsonArray("resources"))
                .extracting(resource -> ((JsonObject) resource).getString("uri"))
                .containsExactly("pg://" + desk + "/info", "pg://" + desk + "/schema");
    }

    @Test
    void a_login_administers_nothing() {
        for (String body : List.of("{\"maxConnections\":1}", "{\"databaseCredentials\":false}")) {
            given().header("Authorization", dana())
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"1\"")
                    .body(body)
                    .patch(path(desk))
                    .then()
                    .statusCode(403);
        }
        given().header("Authorization", dana())
                .contentType(ContentType.JSON)
                .body(connection("danas").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(403);
        given().header("Authorization", dana()).delete(path(desk)).then().statusCode(403);
        given().header("Authorization", dana()).post(path(desk) + "/test").then().statusCode(403);
    }

    @Test
    void the_rows_are_those_that_psql_gives_the_login() {
        String sql = "select id, branch, amount::text from shop.ledger order by id";
        for (var who : List.of(List.of("dana", DANA), List.of("erin", ERIN))) {
            List<List<String>> own = psql(who.get(0), who.get(1), sql.replace("id,", "id::text,"));
            assertThat(own).isNotEmpty();
            assertThat(read(basic(who.get(0), desk, who.get(1)), sql.replace("id,", "id::text,")))
                    .isEqualTo(new JsonArray(own.stream().map(JsonArray::new).toList()).encode());
        }
    }

    @Test
    void statements_run_as_the_login_read_only_and_without_anybodys_claims() {
        assertThat(
                        read(
                                dana(),
                                """
                                select session_user::text, current_user::text,
                                       current_setting('transaction_read_only'),
                                       current_setting('statement_timeout'),
                                       coalesce(current_setting('request.jwt.claims', true), ''),
                                       coalesce(current_setting('app.owner', true), '')
                                """))
                .isEqualTo("[[\"dana\",\"dana\",\"on\",\"2s\",\"\",\"\"]]");
        JsonObject refused =
                error(call(dana(), "query_database", on(desk, "delete from shop.ledger")));
        assertThat(refused.getString("code")).isEqualTo("QUERY_REJECTED");
        assertThat(
                        error(call(dana(), "query_database", on(desk, "table shop.secret")))
                                .getString("sqlState"))
                .isEqualTo("42501");
    }

    @Test
    void the_databases_of_the_server_are_asked_for_as_the_login() {
        GatewayDatabases.postgres()
                .value(
                        "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
                                + " where usename in ('dana', 'agent')");

        get(dana(), path(desk) + "/databases")
                .then()
                .statusCode(200)
                .body("items", hasItem("postgres"));

        assertThat(
                        GatewayDatabases.postgres()
                                .value(
                                        "select string_agg(distinct usename, ',')"
                                                + " from pg_stat_activity"
                                                + " where usename in ('dana', 'agent')"))
                .isEqualTo("dana");
    }

    @Test
    void md5_is_a_judgement_too() {
        connections(basic("crypted", desk, "x")).then().statusCode(200);
        connections(basic("crypted", desk, "y")).then().statusCode(401);
    }

    @Test
    void an_mcp_session_is_of_one_login_on_one_connection() {
        String other = open(connection("other desk").put("databaseCredentials", true));
        var danas = McpClient.connect(endpoint, dana());

        for (String foreign : List.of(erin(), basic("dana", other, DANA), "alice")) {
            assertThat(danas.as(foreign).post(PING).statusCode()).isEqualTo(404);
            assertThat(danas.as(foreign).delete().statusCode()).isEqualTo(404);
        }
        assertThat(danas.post(PING).statusCode()).isEqualTo(200);
        admin().delete(path(other)).then().statusCode(204);
    }

    @Test
    void a_cursor_is_of_one_login() {
        var page = on(desk, "select generate_series(1, 300)");
        String cursor =
                structured(call(dana(), "query_database", page.copy())).getString("nextCursor");

        assertThat(
                        error(call(erin(), "query_database", page.copy().put("cursor", cursor)))
                                .getString("field"))
                .isEqualTo("cursor");
        assertThat(
                        structured(
                                        call(
                                                dana(),
                                                "query_database",
                                                page.copy().put("cursor", cursor)))
                                .getJsonArray("rows"))
                .hasSize(100);
    }
}
