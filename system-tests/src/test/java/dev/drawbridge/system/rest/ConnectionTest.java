package dev.drawbridge.system.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// The life of a connection, as an administrator's script leads it.
@WithSuite
class ConnectionTest {
    private final Suite suite;
    private final AuthApi api;
    private final String token;
    private final RequestSpecification admin;

    ConnectionTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.token = api.admin();
        this.admin = api.gateway(token);
    }

    @Test
    void never_shows_its_password() {
        String password = suite.demo().password();
        String id = created();

        String shown =
                admin.get("/api/v1/connections/" + id).asString()
                        + admin.get("/api/v1/connections").asString();

        assertThat(shown)
                .contains(id)
                .doesNotContain(password)
                .doesNotContainIgnoringCase("sealed");
    }

    @Test
    void says_by_a_test_whether_it_works() {
        admin.post("/api/v1/connections/" + suite.connection() + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("latencyMs", greaterThan(0f))
                .body("serverVersion", containsString("18"))
                .body("warnings", notNullValue());
    }

    @Test
    void lists_the_databases_of_its_server() {
        admin.get("/api/v1/connections/" + suite.connection() + "/databases")
                .then()
                .statusCode(200)
                .body("items", hasItem("retail"));
    }

    @Test
    void is_gone_once_deleted() {
        String id = created();
        var session = McpSession.open(suite, token);
        assertThat(session.query(id, "select 1 as one").column("one")).containsExactly("1");

        String version = admin.get("/api/v1/connections/" + id).header("ETag");
        admin.header("If-Match", version)
                .delete("/api/v1/connections/" + id)
                .then()
                .statusCode(204);

        assertThat(session.query(id, "select 1").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void with_a_superusers_login_is_refused_and_says_why() {
        admin.body(suite.server().asConnection())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo("username"))
                .body("detail", containsString("superuser"));
    }

    @Test
    void with_a_misspelt_field_is_refused_by_its_name() {
        var misspelt = suite.demo().asConnection();
        misspelt.put("read_only", true);

        admin.body(misspelt)
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo("read_only"))
                .body("traceId", notNullValue());
    }

    @Test
    void with_a_misspelt_parameter_is_refused_by_its_name() {
        admin.get("/api/v1/connections?limt=1")
                .then()
                .statusCode(400)
                .body("field", equalTo("limt"));
    }

    @Test
    void is_not_for_callers_to_make() {
        api.gateway(RetailIdentity.HEAD_OFFICE.token(suite))
                .body(suite.demo().asConnection())
                .post("/api/v1/connections")
                .then()
                .statusCode(403)
                .body("code", equalTo("AUTHORIZATION_ERROR"));
    }

    @Test
    void reaches_no_database_that_its_login_may_not_enter() {
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));

        var answer =
                session.query(suite.connection(), "select 1", Map.of("database", "drawbridge"));

        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(answer.text()).contains("no database of that name");
    }

    private String created() {
        return api.createConnection(token, suite.demo());
    }
}
