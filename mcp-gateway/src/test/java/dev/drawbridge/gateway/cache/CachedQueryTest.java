package dev.drawbridge.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.testkit.FaultyProxy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// Rows that are kept, through MCP and on a real database.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class CachedQueryTest extends KeptCase {
    private static final String SALES = "select id from till.sale order by id";

    @Test
    void an_equal_call_is_answered_from_what_is_kept_and_says_so() throws SQLException {
        assertThat(cache(ask("alice", SALES))).isEqualTo(state(false, 0, false));
        run("delete from till.sale where id = 1");

        JsonObject again = ask("alice", SALES);

        assertThat(rows(again)).isEqualTo("[[1],[2]]");
        assertThat(cache(again).getBoolean("hit")).isTrue();
        assertThat(text(again)).contains("As of");
        assertThat(rows(ask("alice", SALES, 0))).isEqualTo("[[2]]");
        assertThat(rows(ask("alice", SALES))).isEqualTo("[[2]]");
    }

    @Test
    void nobody_gets_the_rows_of_another_identity() {
        assertThat(rows(ask("alice", SALES))).isEqualTo("[[1],[2]]");
        assertThat(rows(ask("bob", SALES))).isEqualTo("[[3]]");
        TestCallers.know(
                "alice", Map.of("owner", "bob"), "connection:" + kept, "read", "tool:*", "read");

        assertThat(rows(ask("alice", SALES))).isEqualTo("[[3]]");
        assertThat(rows(ask("bob", SALES))).isEqualTo("[[3]]");
    }

    @Test
    void what_is_written_through_the_gateway_is_read_at_once_over_any_connection_to_it() {
        assertThat(rows(ask("alice", SALES))).isEqualTo("[[1],[2]]");

        structured(execute("alice", "delete from till.sale where id = 2"));

        JsonObject after = ask("alice", SALES);
        assertThat(rows(after)).isEqualTo("[[1]]");
        assertThat(cache(after).getBoolean("hit")).isFalse();
    }

    @Test
    void a_write_over_another_name_of_the_same_server_is_heard_of() {
        String named = make("named", "localhost", GatewayDatabases.postgres().port());
        try {
            know("alice", "read", named);
            JsonObject sales = sql(SALES).put("connection_id", named).put("max_age", 300);
            assertThat(rows(call("alice", "query_database", sales))).isEqualTo("[[1],[2]]");

            structured(execute("alice", "delete from till.sale where id = 2"));

            assertThat(rows(call("alice", "query_database", sales))).isEqualTo("[[1]]");
        } finally {
            admin().header("If-Match", "*").delete("/api/v1/connections/" + named);
        }
    }

    @Test
    void a_write_through_another_replica_is_heard_of() throws SQLException {
        ask("alice", SALES);
        int port = GatewayDatabases.postgres().port();

        run(
                """
                delete from till.sale where id = 2;
                select pg_notify('drawbridge_gateway', '{"topic": "written", "message":
                  {"place": "127.0.0.1:%d/postgres", "replica": "another"}}')
                """
                        .formatted(port));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> rows(ask("alice", SALES)).equals("[[1]]"));
    }

    @Test
    void rows_of_a_call_that_wishes_for_it_are_kept_where_the_connection_says_nothing() {
        JsonObject without = query("alice", "select 1");
        assertThat(without.containsKey("_meta")).isFalse();

        JsonObject wish = sql("select 1").put("max_age", 60);
        assertThat(cache(call("alice", "query_database", wish)).getBoolean("hit")).isFalse();
        assertThat(cache(call("alice", "query_database", wish)).getBoolean("hit")).isTrue();

        assertThat(query("alice", "select 1").containsKey("_meta")).isFalse();
    }

    @Test
    void another_parameter_page_or_version_of_the_connection_is_another_result() {
        JsonObject one = question("select $1::int").put("params", new JsonArray().add(1));
        JsonObject two = question("select $1::int").put("params", new JsonArray().add(2));
        assertThat(rows(call("alice", "query_database", one))).isEqualTo("[[1]]");
        assertThat(rows(call("alice", "query_database", two))).isEqualTo("[[2]]");
        ask("alice", SALES);
        assertThat(rows(call("alice", "query_database", question(SALES).put("limit", 1))))
                .isEqualTo("[[1]]");

        admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"maxConnections\": 5}")
                .patch("/api/v1/connections/" + kept)
                .then()
                .statusCode(200);

        assertThat(cache(ask("alice", SALES)).getBoolean("hit")).isFalse();
    }

    @Test
    void what_is_never_the_same_is_never_kept() {
        for (String sql :
                new String[] {
                    "select random()",
                    "select now()",
                    "select relname from pg_class order by 1 limit 1",
                    "explain select 1",
                    "show work_mem"
                }) {
            assertThat(ask("alice", sql).containsKey("_meta")).as(sql).isFalse();
        }
        JsonObject now =
                question("select $1::timestamptz").put("params", new JsonArray().add("now"));
        assertThat(call("alice", "query_database", now).containsKey("_meta")).isFalse();
    }

    @Test
    void who_may_no_longer_read_gets_nothing_that_is_kept() {
        ask("alice", SALES);
        TestCallers.know("alice", Map.of("owner", "alice"), "tool:*", "read");

        assertThat(error(ask("alice", SALES)).getString("code")).isEqualTo("NOT_FOUND");
    }

    @Test
    void while_the_database_is_away_rows_serve_beyond_their_time_and_say_that_they_are_stale()
            throws InterruptedException {
        try (var proxy = FaultyProxy.to(GatewayDatabases.postgres().port())) {
            disconnect();
            kept = make("brief", proxy.port());
            know("alice", "read");
            assertThat(rows(ask("alice", SALES))).isEqualTo("[[1],[2]]");
            proxy.cut();
            Thread.sleep(1_100); // Its time of a second.

            JsonObject old =
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> ask("alice", SALES), one -> !one.getBoolean("isError"));

            assertThat(rows(old)).isEqualTo("[[1],[2]]");
            assertThat(cache(old).getBoolean("stale")).isTrue();
            assertThat(text(old)).contains("cannot be reached");
            assertThat(error(ask("alice", SALES, 1)).getString("code"))
                    .isEqualTo("DATABASE_UNAVAILABLE");
        }
    }

    private JsonObject question(String sql) {
        return new JsonObject().put("connection_id", kept).put("sql", sql);
    }

    private JsonObject ask(String bearer, String sql) {
        return call(bearer, "query_database", question(sql));
    }

    private JsonObject ask(String bearer, String sql, int age) {
        return call(bearer, "query_database", question(sql).put("max_age", age));
    }

    private static String rows(JsonObject result) {
        return structured(result).getJsonArray("rows").encode();
    }

    private static JsonObject state(boolean hit, int age, boolean stale) {
        return new JsonObject().put("hit", hit).put("ageSeconds", age).put("stale", stale);
    }
}
