package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// A connection in mode `role`: each caller reads with the login that its attribute names.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RoleLoginTest extends GatewayCase {
    private static final String WHO =
            "select session_user || ' ' || string_agg(region, ',') from sales.sale";

    private static int prepared;
    private static String sales;

    @BeforeEach
    void connection() {
        TestCallers.know("nora", Map.of("region", "north"), "*", "read");
        TestCallers.know("sam", Map.of("region", "south"), "*", "read");
        TestCallers.know("without_region", Map.of(), "*", "read");
        TestCallers.know("west", Map.of("region", "west"), "*", "read");
        if (prepared == GatewayDatabases.postgres().port()) {
            return;
        }
        prepared = GatewayDatabases.postgres().port();
        GatewayDatabases.postgres()
                .run(
                        """
                        create role sales_north login password 'n';
                        create role sales_south login password 's';
                        create role sales_boss login password 'b' bypassrls;
                        create schema sales;
                        create table sales.sale (region text);
                        insert into sales.sale values ('north'), ('south'), ('west');
                        alter table sales.sale enable row level security;
                        create policy own on sales.sale
                            using (region = replace(session_user::text, 'sales_', ''));
                        grant usage on schema sales to sales_north, sales_south, sales_boss;
                        grant select on sales.sale to sales_north, sales_south, sales_boss;
                        """);
        sales = register(sales()).statusCode(201).extract().path("id");
    }

    @Test
    void each_caller_reads_with_the_login_of_its_attribute() {
        for (int i = 0; i < 3; i++) {
            assertThat(who("nora")).isEqualTo("[[\"sales_north north\"]]");
            assertThat(who("sam")).isEqualTo("[[\"sales_south south\"]]");
        }
    }

    @Test
    void who_has_none_is_refused_and_never_reads_with_the_connection_s_own() {
        for (String person : new String[] {"without_region", "west", "admin"}) {
            assertThat(error(ask(person, sales)).getString("code"))
                    .as(person)
                    .isEqualTo("AUTHORIZATION_ERROR");
        }
        given().header("Authorization", "Bearer west")
                .get("/api/v1/connections/" + sales + "/databases")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer nora")
                .get("/api/v1/connections/" + sales + "/databases")
                .then()
                .statusCode(200)
                .body("items", hasItem("postgres"));
    }

    @Test
    void passwords_are_kept_sealed_and_never_shown() {
        admin().get("/api/v1/connections/" + sales)
                .then()
                .body("rls.logins.north.username", equalTo("sales_north"))
                .body(not(containsString("password")));
        assertThat(
                        GatewayDatabases.postgres()
                                .value(
                                        "select string_agg(name || split_part(sealed, ':', 1), ' '"
                                                + " order by name) from gateway.connection_secret"
                                                + " where connection = '"
                                                + sales
                                                + "'"))
                .matches("login:northk\\S+ login:southk\\S+");
        assertThat(
                        GatewayDatabases.postgres()
                                .value(
                                        "select rls::text from gateway.connection where id = '"
                                                + sales
                                                + "'"))
                .doesNotContain("password");
    }

    @Test
    void a_test_signs_in_with_each_and_says_so() {
        admin().post("/api/v1/connections/" + sales + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("rls.declared", equalTo("role"))
                .body("rls.holds", equalTo("role"));
    }

    @Test
    void a_login_that_is_changed_keeps_its_password_and_a_new_one_needs_one() {
        String id = register(sales()).statusCode(201).extract().path("id");
        JsonObject rls = sales().getJsonObject("rls");
        rls.getJsonObject("logins").getJsonObject("north").remove("password");
        change(id, rls).statusCode(200);
        assertThat(error(ask("west", id)).getString("code")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(rows(ask("nora", id))).isEqualTo("[[\"sales_north north\"]]");

        rls.getJsonObject("logins").put("west", new JsonObject().put("username", "sales_west"));
        change(id, rls).statusCode(400).body("field", equalTo("rls.logins.west.password"));
        admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"host\":\"localhost\",\"password\":\"agent-secret\"}")
                .patch("/api/v1/connections/" + id)
                .then()
                .statusCode(400)
                .body("field", equalTo("rls.logins.north.password"));
        admin().delete("/api/v1/connections/" + id).then().statusCode(204);
        assertThat(
                        GatewayDatabases.postgres()
                                .value(
                                        "select count(*) from gateway.connection_secret"
                                                + " where connection = '"
                                                + id
                                                + "'"))
                .isEqualTo("0");
    }

    @Test
    void each_login_is_judged_as_the_connection_s() {
        JsonObject powerful = sales();
        login(powerful, "north").put("username", "sales_boss").put("password", "b");
        register(powerful)
                .statusCode(400)
                .body("field", equalTo("rls.logins.north"))
                .body("detail", containsString("bypasses row-level security"));
        JsonObject missing = sales();
        login(missing, "south").put("username", "sales_nobody");
        register(missing).statusCode(503).body("detail", containsString("rls.logins.south"));
    }

    @Test
    void a_pooler_that_makes_one_login_of_all_is_found_out() {
        var everybody = Map.of("agent", "agent-secret", "sales_north", "n", "sales_south", "s");
        int port = GatewayDatabases.postgres().port();
        try (var bouncer = PgBouncer.startAs("agent", port, "session", everybody)) {
            register(sales().put("port", bouncer.port()).put("mode", "session"))
                    .statusCode(400)
                    .body("field", equalTo("rls.logins.north.username"))
                    .body("detail", containsString("is agent to the server"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'mode':'role'}|rls.source",
                "{'mode':'role','source':'colour'}|rls.source",
                "{'mode':'role','source':'groups'}|rls.logins",
                "{'mode':'role','source':'groups','logins':{'a':{}}}|rls.logins.a.username",
                "{'mode':'role','source':'groups','logins':{'a':{'username':'a\\u0000b'}}}"
                        + "|rls.logins.a.username",
                "{'mode':'role','source':'groups','logins':{'a':{'username':'x','password':''}}}"
                        + "|rls.logins.a.password",
                "{'mode':'role','source':'groups','logins':{'a':{'username':'x'}}}"
                        + "|rls.logins.a.password",
                "{'mode':'role','source':'groups','logins':{'':{'username':'x'}}}|rls.logins",
                "{'mode':'role','source':'groups','logins':{'a':{'user':'x'}}}|rls.logins.a.user",
                "{'mode':'role','role':'x','source':'groups','logins':{'a':{'username':'x'}}}"
                        + "|rls.mode",
                "{'mode':'claims','source':'groups'}|rls.mode",
                "{'mode':'signed','logins':{'a':{'username':'x'}}}|rls.mode",
                "{'mode':'bypass','settings':{'app.x':'id'}}|rls.mode",
                "{'mode':'signed','settings':{'drawbridge.identity':'id'}}"
                        + "|rls.settings.drawbridge.identity",
                "{'mode':'signed','settings':{'app.x':'colour'}}|rls.settings.app.x",
                "{'mode':'wild'}|rls.mode",
                "{'mode':'none','more':1}|rls.more"
            })
    void says_which_field_is_wrong(String rls, String field) {
        register(connection("wrong").put("rls", new JsonObject(rls.replace('\'', '"'))))
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo(field));
    }

    @Test
    void there_are_no_more_logins_than_sessions() {
        register(sales().put("maxConnections", 1))
                .statusCode(400)
                .body("field", equalTo("maxConnections"));
    }

    private String who(String person) {
        return rows(ask(person, sales));
    }

    private static String rows(JsonObject answer) {
        return structured(answer).getJsonArray("rows").encode();
    }

    private JsonObject ask(String person, String connection) {
        return call(
                person,
                "query_database",
                new JsonObject().put("connection_id", connection).put("sql", WHO));
    }

    private static ValidatableResponse change(String id, JsonObject rls) {
        return admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(new JsonObject().put("rls", rls).encode())
                .patch("/api/v1/connections/" + id)
                .then();
    }

    private static JsonObject login(JsonObject connection, String name) {
        return connection.getJsonObject("rls").getJsonObject("logins").getJsonObject(name);
    }

    private static JsonObject sales() {
        return connection("sales " + System.nanoTime())
                .put(
                        "rls",
                        new JsonObject()
                                .put("mode", "role")
                                .put("source", "attributes.region")
                                .put(
                                        "logins",
                                        new JsonObject()
                                                .put("north", login("sales_north", "n"))
                                                .put("south", login("sales_south", "s"))));
    }

    private static JsonObject login(String username, String password) {
        return new JsonObject().put("username", username).put("password", password);
    }
}
