package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class GuardedConnectionTest extends GatewayCase {
    private static String guarded;

    /// A database of its own: others count what is in theirs.
    @BeforeEach
    void database() throws SQLException {
        if (guarded == null) {
            GatewayDatabases.postgres().run("create database guarded");
            try (var owner = GatewayDatabases.postgres().connect("guarded");
                    var statement = owner.createStatement()) {
                statement.execute(
                        """
                        create table item (id int);
                        insert into item select generate_series(1, 30);
                        alter table item enable row level security;
                        create policy even on item using (id % 2 = 0);
                        create view every_item as select * from item;
                        create function tick(int) returns int language sql as 'select $1';
                        grant select on item, every_item to agent;
                        """);
            }
            guarded =
                    register(connection("guarded").put("database", "guarded"))
                            .statusCode(201)
                            .extract()
                            .path("id");
        }
        TestCallers.know("carol", Map.of(), "connection:" + guarded, "read", "tool:*", "read");
    }

    @Test
    void a_view_past_the_policies_is_warned_of_and_refused_until_it_is_allowed() {
        admin().post("/api/v1/connections/" + guarded + "/test")
                .then()
                .statusCode(200)
                .body("warnings.toString()", containsString("public.every_item is refused"));
        String sql = "select count(*) from every_item";
        JsonObject refused = error(query(sql));
        assertThat(refused.getString("code")).isEqualTo("QUERY_REJECTED");
        assertThat(refused.getString("detail")).contains("public.every_item", "row-level security");
        assertThat(
                        error(
                                        call(
                                                "carol",
                                                "count_rows",
                                                onGuarded()
                                                        .put("schema", "public")
                                                        .put("table", "every_item")))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");

        change(guarded, new JsonArray().add("public.every_item"))
                .statusCode(200)
                .body("guard.allow", contains("public.every_item"));
        assertThat(structured(query(sql)).getJsonArray("rows").encode()).isEqualTo("[[30]]");
    }

    @Test
    void a_function_that_may_do_more_is_refused_where_it_stands() {
        JsonObject refused = error(query("select 1, tick(2)"));

        assertThat(refused.getString("code")).isEqualTo("QUERY_REJECTED");
        assertThat(refused.getString("detail")).contains("public.tick", "VOLATILE");
        assertThat(refused.getInteger("position")).isEqualTo(11);
    }

    @Test
    void a_plan_with_counts_of_rows_that_policies_took_away_is_refused() {
        var explain = onGuarded().put("sql", "select * from item where id = 1");

        assertThat(
                        error(call("carol", "explain_query", explain.copy().put("analyze", true)))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
        assertThat(error(query("explain analyze table item")).getString("code"))
                .isEqualTo("QUERY_REJECTED");
        structured(call("carol", "explain_query", explain));
    }

    @Test
    void nothing_of_postgresqls_own_can_be_allowed() {
        change(guarded, new JsonArray().add("pg_catalog.set_config"))
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo("guard.allow"))
                .body("detail", containsString("pg_catalog.set_config"));
    }

    private JsonObject query(String sql) {
        return call("carol", "query_database", onGuarded().put("sql", sql));
    }

    private static JsonObject onGuarded() {
        return new JsonObject().put("connection_id", guarded);
    }

    private static ValidatableResponse change(String id, JsonArray allow) {
        return admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(new JsonObject().put("guard", new JsonObject().put("allow", allow)).encode())
                .patch("/api/v1/connections/" + id)
                .then();
    }
}
