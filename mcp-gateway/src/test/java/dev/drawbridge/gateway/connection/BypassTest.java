package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.CredentialType;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// Connections whose login passes row-level security, for callers with a service-role key.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class BypassTest extends GatewayCase {
    private static final String KEY = "back end";
    private static final String OWNERS =
            "select string_agg(distinct owner, ',' order by owner) from shop.item where id < 100";

    private static int prepared;
    private static String backend;

    @BeforeEach
    void connection() {
        TestCallers.know(KEY, CredentialType.SERVICE_ROLE, null);
        if (prepared == GatewayDatabases.postgres().port()) {
            return;
        }
        prepared = GatewayDatabases.postgres().port();
        GatewayDatabases.postgres()
                .run(
                        """
                        create role back_end login password 'x' bypassrls;
                        create role back_end_boss login password 'x' superuser;
                        grant usage on schema shop to back_end;
                        grant select on shop.item to back_end;
                        """);
        backend = register(bypass("back_end")).statusCode(201).extract().path("id");
    }

    @Test
    void are_read_whole_with_a_service_role_key_and_only_read() {
        assertThat(structured(ask(KEY, backend, OWNERS)).getJsonArray("rows").encode())
                .isEqualTo("[[\"alice,bob\"]]");
        for (String refused :
                new String[] {
                    "delete from shop.item",
                    "select set_config('transaction_read_only', 'off', true)",
                    "select lo_create(0)"
                }) {
            assertThat(code(ask(KEY, backend, refused))).isEqualTo("QUERY_REJECTED");
        }
    }

    @Test
    void are_not_there_for_anybody_else() {
        TestCallers.know("carol", Map.of("owner", "alice"), "*", "write");

        assertThat(code(ask("carol", backend, OWNERS))).isEqualTo("NOT_FOUND");
        assertThat(connectionsOf("carol")).doesNotContain(backend).contains(shop);
        given().header("Authorization", "Bearer carol")
                .get("/api/v1/connections/" + backend)
                .then()
                .statusCode(404);
        assertThat(resourcesOf("carol")).doesNotContain(backend).contains(shop);
        assertThat(resourcesOf(KEY)).contains(backend);
    }

    @Test
    void are_administered_and_not_read_by_an_administrator() {
        admin().get("/api/v1/connections/" + backend).then().statusCode(200);
        admin().get("/api/v1/connections").then().body("items.id", hasItem(backend));
        admin().post("/api/v1/connections/" + backend + "/test")
                .then()
                .body("ok", equalTo(true))
                .body("warnings", hasItem(containsString("bypasses row-level security")));

        assertThat(code(ask("admin", backend, OWNERS))).isEqualTo("NOT_FOUND");
        assertThat(connectionsOf("admin")).doesNotContain(backend).contains(shop);
        assertThat(resourcesOf("admin")).doesNotContain(backend).contains(shop);
        admin().get("/api/v1/connections/" + backend + "/databases").then().statusCode(404);
    }

    @Test
    void the_key_is_as_its_owner_on_all_others() {
        JsonObject rows = structured(ask(KEY, shop, OWNERS));

        assertThat(rows.getJsonArray("rows").encode()).isEqualTo("[[null]]");
    }

    @Test
    void have_no_login_that_read_only_does_not_hold_back() {
        register(bypass("back_end_boss"))
                .statusCode(400)
                .body("field", equalTo("username"))
                .body("detail", containsString("is a superuser"));
    }

    @Test
    void cannot_become_everybody_s() {
        var now = admin().get("/api/v1/connections/" + backend);
        for (String mode : new String[] {"none", "claims"}) {
            admin().contentType(ContentType.JSON)
                    .header("If-Match", now.header("ETag"))
                    .body("{\"rls\": {\"mode\": \"" + mode + "\"}}")
                    .patch("/api/v1/connections/" + backend)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("bypasses row-level security"));
        }
    }

    @Test
    void take_no_settings() {
        JsonObject told = bypass("back_end");
        told.getJsonObject("rls").put("settings", new JsonObject().put("app.owner", "id"));

        register(told).statusCode(400).body("field", equalTo("rls.mode"));
    }

    @Test
    void take_no_logins_of_the_database() {
        register(bypass("back_end").put("databaseCredentials", true))
                .statusCode(400)
                .body("field", equalTo("databaseCredentials"));
        admin().contentType(ContentType.JSON)
                .header("If-Match", admin().get("/api/v1/connections/" + backend).header("ETag"))
                .body("{\"databaseCredentials\": true}")
                .patch("/api/v1/connections/" + backend)
                .then()
                .statusCode(400)
                .body("field", equalTo("databaseCredentials"));
    }

    @Test
    void are_on_record_with_the_key_and_the_mode() {
        ask(KEY, backend, OWNERS);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> recorded() > 0);
    }

    private static JsonObject bypass(String login) {
        return connection("bypass " + System.nanoTime())
                .put("username", login)
                .put("password", "x")
                .put("rls", new JsonObject().put("mode", "bypass"));
    }

    private JsonObject ask(String bearer, String connection, String sql) {
        return call(
                bearer,
                "query_database",
                new JsonObject().put("connection_id", connection).put("sql", sql));
    }

    private String connectionsOf(String bearer) {
        return structured(call(bearer, "list_connections", new JsonObject())).encode();
    }

    private String resourcesOf(String bearer) {
        return McpClient.connect(endpoint, bearer)
                .request("resources/list", new JsonObject())
                .encode();
    }

    private static String code(JsonObject answer) {
        return error(answer).getString("code");
    }

    private static int recorded() {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from gateway.audit_v1"
                                        + " where credential_type = 'service_role'"
                                        + " and rls like '%bypass%'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
