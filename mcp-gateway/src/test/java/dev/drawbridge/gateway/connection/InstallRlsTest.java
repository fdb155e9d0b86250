package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// A target's side of mode `signed`, from its first key to a change of it.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class InstallRlsTest extends SignedConnectionCase {
    @Test
    void is_handed_out_as_a_script_that_may_run_again() {
        String sql =
                install("{}")
                        .statusCode(200)
                        .header("Cache-Control", "no-store")
                        .body("applied", equalTo(false))
                        .extract()
                        .path("sql");

        GatewayDatabases.postgres().run(sql);
        GatewayDatabases.postgres().run(sql);
        test().body("rls.holds", equalTo("signed"));
        assertThat(value("select count(*) from drawbridge.key")).isEqualTo("1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        !value(
                                        "select count(*) from gateway.audit_v1 where connection is not null"
                                                + " and action = 'connection.install_rls' or action ="
                                                + " 'connection.install_rls'")
                                .equals("0"));
        assertThat(
                        value(
                                "select string_agg(details::text, ' ') from gateway.audit_v1"
                                        + " where action = 'connection.install_rls'"))
                .contains("key:")
                .doesNotContain("decode");
    }

    @Test
    void changes_its_key_while_it_is_in_use() {
        apply("{}").statusCode(200);
        policy();
        install("{\"keys\":\"retire\"}").statusCode(409).body("code", equalTo("CONFLICT"));

        String sql =
                install("{\"keys\":\"rotate\"}")
                        .statusCode(200)
                        .body("keys", hasSize(2))
                        .body("keys[0].signs", equalTo(true))
                        .body("keys[1].signs", equalTo(false))
                        .extract()
                        .path("sql");
        assertThat(owners("alice")).isEqualTo("[[\"alice\"]]");
        install("{\"keys\":\"rotate\"}").statusCode(409);
        install("{\"keys\":\"use\"}").statusCode(409);
        install("{\"keys\":\"retire\"}").statusCode(409);
        GatewayDatabases.postgres().run(sql);
        install("{\"keys\":\"use\"}").statusCode(200).body("keys.signs", everyItem(equalTo(true)));
        assertThat(owners("alice")).isEqualTo("[[\"alice\"]]");
        apply("{\"keys\":\"retire\"}").statusCode(200).body("keys", hasSize(1));

        assertThat(owners("alice")).isEqualTo("[[\"alice\"]]");
        assertThat(value("select count(*) from drawbridge.key")).isEqualTo("1");
        apply("{\"keys\":\"rotate\"}").statusCode(200).body("keys.signs", everyItem(equalTo(true)));
        assertThat(owners("bob")).isEqualTo("[[\"bob\"]]");
    }

    @Test
    void takes_no_wrong_password_and_keeps_none() {
        GatewayDatabases.postgres().run("alter role installer password 'installer'");
        install("{\"username\":\"nobody_there\",\"password\":\"x\"}")
                .statusCode(400)
                .body("field", equalTo("password"))
                .body(not(containsString("decode")));
        assertThat(
                        value(
                                "select count(*) from gateway.connection c where c::text like '%installer%'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\":\"x\"}|password",
                "{\"password\":\"x\"}|username",
                "{\"keys\":\"forget\"}|keys",
                "{\"database\":\"\"}|database",
                "{\"user\":\"x\"}|user"
            })
    void says_which_field_is_wrong(String body, String field) {
        install(body)
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo(field));
    }

    @Test
    void is_for_administrators_of_a_connection_that_signs() {
        given().header("Authorization", "Bearer alice")
                .contentType(ContentType.JSON)
                .body("{}")
                .post(path("/install-rls"))
                .then()
                .statusCode(403);
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/connections/" + shop + "/install-rls")
                .then()
                .statusCode(409);
        assertThat(admin().get(path("")).then().extract().body().asString()).doesNotContain("key:");
    }

    @Test
    void the_key_goes_with_the_mode() {
        assertThat(secrets()).isEqualTo("1");
        change("{\"rls\":{\"mode\":\"claims\"}}");
        assertThat(secrets()).isEqualTo("0");
        change("{\"rls\":{\"mode\":\"signed\",\"settings\":{\"app.x\":\"id\"}}}");
        assertThat(secrets()).isEqualTo("1");
        String key =
                value(
                        "select sealed from gateway.connection_secret where connection = '"
                                + id
                                + "'");
        change("{\"rls\":{\"mode\":\"signed\"}}");
        assertThat(
                        value(
                                "select sealed from gateway.connection_secret where connection = '"
                                        + id
                                        + "'"))
                .isEqualTo(key);
    }
}
