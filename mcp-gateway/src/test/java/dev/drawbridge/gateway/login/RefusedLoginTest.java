package dev.drawbridge.gateway.login;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.testkit.LogReader;
import dev.drawbridge.testkit.Secrets;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RefusedLoginTest extends LoginCase {
    @Test
    void every_refusal_reads_the_same() {
        String nowhere = UUID.randomUUID().toString();
        String wrong = seen(basic("dana", desk, "wrong"));

        assertThat(wrong).startsWith("401").contains("AUTHENTICATION_ERROR", "Basic realm");
        for (String refused :
                List.of(
                        basic("nobody", desk, "x"),
                        basic("late", desk, "x"),
                        basic("locked", desk, "x"),
                        basic("people", desk, "x"),
                        basic("dana", nowhere, DANA),
                        basic("dana", shop, DANA),
                        basic("dana", "desk", DANA),
                        basic("dana", desk, ""),
                        basic("", desk, "x"),
                        basic("dana", "", DANA),
                        basic("dana", "1-1-1-1-1", DANA),
                        basic("d".repeat(64), desk, "x"),
                        basic("dana\0x", desk, DANA),
                        basic("dana", desk, DANA + "\0"),
                        basic("dana", desk, "x".repeat(1_025)),
                        encoded("dana:" + DANA),
                        encoded(":"),
                        encoded("no colon"),
                        "Basic",
                        "Basic ",
                        "Basic !!!",
                        "Basic gIA=")) {
            assertThat(seen(refused)).as(refused).isEqualTo(wrong);
        }
    }

    @Test
    void a_login_that_the_database_does_not_judge_by_a_hidden_password_is_refused() {
        assertThat(seen(basic("trusted", desk, "x"))).startsWith("401");
        assertThat(seen(basic("trusted", desk, "anything"))).startsWith("401");
        assertThat(seen(basic("agent", desk, "anything"))).startsWith("401");
        assertThat(seen(basic("shown", desk, "x"))).startsWith("401");
    }

    @Test
    void a_right_login_that_may_too_much_is_told_so() {
        connections(basic("boss", desk, "x"))
                .then()
                .statusCode(403)
                .body("code", equalTo("AUTHORIZATION_ERROR"))
                .body("detail", containsString("is a superuser"));
        connections(basic("bypass", desk, "x"))
                .then()
                .statusCode(403)
                .body("detail", containsString("bypasses row-level security"));
        connections(basic("climber", desk, "x"))
                .then()
                .statusCode(403)
                .body("detail", containsString("is a superuser"));
        connections(basic("boss", desk, "y")).then().statusCode(401);
    }

    @Test
    void a_connection_that_does_not_take_logins_any_more_refuses_them_at_once() {
        var client = McpClient.connect(endpoint, dana());
        assertThat(client.call("query_database", on(desk, "select 1")).getBoolean("isError"))
                .isFalse();

        takesLogins(desk, false);
        assertThat(ping(client)).isEqualTo(401);
        connections(dana()).then().statusCode(401);

        takesLogins(desk, true);
        assertThat(ping(client)).isEqualTo(200);
    }

    @Test
    void basic_is_offered_only_where_a_connection_takes_logins() {
        assertThat(given().get("/api/v1/connections").headers().getValues("WWW-Authenticate"))
                .hasSize(2)
                .anyMatch(challenge -> challenge.startsWith("Basic "));
        assertThat(
                        McpClient.without(endpoint, null)
                                .post("{}")
                                .headers()
                                .allValues("WWW-Authenticate"))
                .hasSize(2);

        takesLogins(desk, false);
        assertThat(given().get("/api/v1/connections").headers().getValues("WWW-Authenticate"))
                .noneMatch(challenge -> challenge.startsWith("Basic "));
    }

    @Test
    void a_login_signs_in_for_its_connections_tenant_alone() {
        String foreign = open(connection("foreign desk").put("databaseCredentials", true));
        GatewayDatabases.postgres()
                .run(
                        "update gateway.connection set tenant = 'other', version = version + 1"
                                + " where id = '%s'".formatted(foreign));
        until(() -> admin().get(path(foreign)).statusCode() == 404);

        String guest = basic("dana", foreign, DANA);
        assertThat(
                        structured(call(guest, "list_connections", new JsonObject()))
                                .getJsonArray("connections"))
                .hasSize(1);
        assertThat(error(call(guest, "query_database", on(desk, "select 1"))).getString("code"))
                .isEqualTo("NOT_FOUND");
        get(dana(), path(foreign)).then().statusCode(404);
        GatewayDatabases.postgres()
                .run("delete from gateway.connection where id = '%s'".formatted(foreign));
    }

    @Test
    void a_password_that_was_changed_in_the_database_is_refused_when_it_is_judged_again() {
        String before = basic("moving", desk, "before");
        String after = basic("moving", desk, "after");
        connections(before).then().statusCode(200);
        connections(after).then().statusCode(401);

        GatewayDatabases.postgres().run("alter role moving password 'after'");
        connections(after).then().statusCode(200);
        until(() -> connections(before).statusCode() == 401);
        connections(after).then().statusCode(200);
    }

    @Test
    void a_database_that_cannot_be_asked_refuses_as_it_would_a_wrong_password() {
        String gone = open(connection("gone desk").put("databaseCredentials", true));
        GatewayDatabases.postgres()
                .run(
                        "update gateway.connection set port = 1, version = version + 1"
                                + " where id = '%s'".formatted(gone));
        until(() -> admin().get(path(gone)).path("port").equals(1));

        assertThat(seen(basic("dana", gone, DANA))).isEqualTo(seen(basic("dana", desk, "wrong")));
        admin().delete(path(gone)).then().statusCode(204);
    }

    @Test
    void attempts_are_counted_before_the_database_is_asked() {
        String right = basic("limited", desk, "x");
        String nowhere = UUID.randomUUID().toString();
        connections(right).then().statusCode(200);
        for (int i = 0; i < 10; i++) {
            connections(basic("limited", desk, "wrong" + i)).then().statusCode(401);
            connections(basic("limited", nowhere, "wrong" + i)).then().statusCode(401);
        }

        for (String refused :
                List.of(
                        basic("limited", desk, "wrong"),
                        basic("limited", desk.toUpperCase(Locale.ROOT), "wrong"),
                        basic("limited", nowhere, "wrong"))) {
            Response answer = connections(refused);
            answer.then().statusCode(429).body("code", equalTo("RATE_LIMITED"));
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 91);
        }
        connections(dana()).then().statusCode(200);
        until(() -> connections(right).statusCode() == 429);
    }

    @Test
    void a_header_of_a_megabyte_is_refused_and_the_next_request_answered() {
        try {
            int status =
                    connections(encoded("dana@" + desk + ":" + "x".repeat(1_000_000))).statusCode();
            assertThat(status).isIn(400, 431);
        } catch (Exception hungUp) {
            assertThat(hungUp).isInstanceOf(java.io.IOException.class);
        }
        connections(dana()).then().statusCode(200);
    }

    @Test
    void no_password_comes_into_the_log() {
        var secrets = new Secrets();
        String wrong = secrets.add("a-very-secret-password");
        secrets.add(DANA);
        secrets.add(dana().substring("Basic ".length()));
        try (var log = LogReader.of("dev.drawbridge")) {
            seen(basic("dana", desk, wrong));
            seen(basic("dana", UUID.randomUUID().toString(), wrong));
            seen(encoded(wrong));
            read(dana(), "select 1");
            call(dana(), "query_database", on(desk, "select nonsense"));
            assertThat(log.lines()).isNotEmpty();
            assertThat(log.lines()).allMatch(line -> secrets.in(line).isEmpty());
        }
    }

    private static int ping(McpClient client) {
        return client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode();
    }

    /// All that a stranger can tell refusals apart by.
    private static String seen(String authorization) {
        Response answer = connections(authorization);
        var body = new JsonObject(answer.asString());
        body.remove("traceId");
        return answer.statusCode()
                + " "
                + answer.headers().getValues("WWW-Authenticate")
                + answer.contentType()
                + body.encode();
    }

    private static void until(Callable<Boolean> condition) {
        try {
            for (int i = 0; i < 60 && !condition.call(); i++) {
                Thread.sleep(500);
            }
            assertThat(condition.call()).isTrue();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
