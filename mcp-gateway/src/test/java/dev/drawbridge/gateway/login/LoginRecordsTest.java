package dev.drawbridge.gateway.login;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Who signed in with a login of a database, and who could not, is on record, and no password.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class LoginRecordsTest extends LoginCase {
    private final List<String> opened = new ArrayList<>();

    @Inject MeterRegistry meters;

    @AfterEach
    void close() {
        opened.forEach(connection -> takesLogins(connection, false));
    }

    @Test
    void a_sign_in_and_each_call_with_the_name_of_the_login() {
        read(erin(), "select 'recorded for erin'");

        String erin = "username = 'erin@%s' and credential_type = 'database_login'".formatted(desk);
        JsonObject call = recorded(erin + " and object = 'tool:query_database'");
        assertThat(call.getString("connection")).isEqualTo(desk);
        assertThat(call.getString("tenant")).isEqualTo("default");
        assertThat(call.getString("client")).isEqualTo("127.0.0.1");
        assertThat(call.getString("user_id"))
                .isEqualTo(LoginCaller.id(UUID.fromString(desk), "erin").toString());
        assertThat(new JsonObject(call.getString("rls")).encode()).isEqualTo("{\"mode\":\"none\"}");
        JsonObject signIn = recorded(erin + " and outcome = 'OK'" + signIn(desk));
        assertThat(signIn.getString("client")).isEqualTo("127.0.0.1");
        assertThat(records("true").encode()).doesNotContain(ERIN);
    }

    @Test
    void a_right_login_once_while_it_is_remembered() {
        String connection = another();
        String trace = "0af7651916cd43dd8448eb211c80319c";
        for (int i = 0; i < 3; i++) {
            given().header("Authorization", basic("erin", connection, ERIN))
                    .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                    .get("/api/v1/connections")
                    .then()
                    .statusCode(200);
        }
        read(erin(), "select 'behind it'");
        recorded("object = 'tool:query_database' and username like 'erin@%'");

        JsonArray signIns = records("outcome = 'OK'" + signIn(connection));
        assertThat(signIns).hasSize(1);
        assertThat(signIns.getJsonObject(0).getString("trace").replace("-", "")).isEqualTo(trace);
    }

    @Test
    void a_wrong_login_without_its_name_once_a_minute() {
        String connection = another();
        for (int i = 0; i < 3; i++) {
            connections(basic("erin", connection, "wrong for erin")).then().statusCode(401);
        }
        connections(basic("boss", connection, "x")).then().statusCode(403);

        recorded(
                "username = 'boss@%s' and outcome = 'AUTHORIZATION_ERROR'".formatted(connection)
                        + signIn(connection));
        JsonArray refused =
                records(
                        "username is null and tenant = 'default'"
                                + " and outcome = 'AUTHENTICATION_ERROR'"
                                + signIn(connection));
        assertThat(refused).hasSize(1);
        assertThat(records("true").encode()).doesNotContain("wrong for erin");
    }

    @Test
    void what_is_no_login_at_all() {
        double before = refusals();
        connections("Basic !!!").then().statusCode(401);

        assertThat(refusals()).isEqualTo(before + 1);
        recorded(
                "action = 'connection.sign_in' and object is null and tenant is null"
                        + " and outcome = 'AUTHENTICATION_ERROR'");
    }

    /// A connection that nobody signed in to yet.
    private String another() {
        String connection = open(connection("records-" + UUID.randomUUID()));
        takesLogins(connection, true);
        opened.add(connection);
        return connection;
    }

    private double refusals() {
        return meters.counter("gateway.login", "outcome", "authentication_error").count();
    }

    private static String signIn(String connection) {
        return " and action = 'connection.sign_in' and object = 'connection:" + connection + "'";
    }

    private static JsonObject recorded(String condition) {
        return Awaitility.await(condition)
                .atMost(Duration.ofSeconds(10))
                .until(() -> records(condition), found -> !found.isEmpty())
                .getJsonObject(0);
    }

    private static JsonArray records(String condition) {
        String sql = "select json_agg(v) from gateway.audit_v1 v where " + condition;
        return new JsonArray(
                Objects.requireNonNullElse(GatewayDatabases.postgres().value(sql), "[]"));
    }
}
