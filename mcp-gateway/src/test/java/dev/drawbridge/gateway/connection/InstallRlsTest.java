package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A connection in mode `signed`, from its registration to a change of its key.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class InstallRlsTest extends GatewayCase {
    private static final String OWNERS =
            "select string_agg(distinct owner, ',' order by owner) from shop.signed_item";

    private String id;

    @BeforeEach
    void connection() {
        GatewayDatabases.postgres()
                .run(
                        """
                        drop schema if exists drawbridge cascade;
                        drop table if exists shop.signed_item;
                        create table shop.signed_item (id int, owner text);
                        insert into shop.signed_item values (1, 'alice'), (2, 'bob');
                        alter table shop.signed_item enable row level security;
                        grant select on shop.signed_item to agent;
                        do $$ begin
                          create role installer login password 'installer';
                        exception when duplicate_object then null;
                        end $$;
                        grant create on database postgres to installer;
                        """);
        id = register(signed("signed " + System.nanoTime())).statusCode(201).extract().path("id");
        for (String person : List.of("alice", "bob")) {
            TestCallers.know(person, Map.of("owner", person), "*", "read");
        }
    }

    @AfterEach
    void gone() {
        admin().delete(path("")).then().statusCode(204);
        GatewayDatabases.postgres()
                .run("drop schema if exists drawbridge cascade; drop table shop.signed_item");
    }

    @Test
    void holds_when_it_is_installed_and_not_before() {
        test().body("rls.declared", equalTo("signed"))
                .body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("install-rls")));

        apply("{}")
                .statusCode(200)
                .body("applied", equalTo(true))
                .body("sql", nullValue())
                .body("keys", hasSize(1))
                .body("keys[0].signs", equalTo(true));
        test().body("rls.holds", equalTo("signed"))
                .body("rls.findings", not(hasItem(containsString("drawbridge"))));
        policy();

        assertThat(owners("alice")).isEqualTo("[[\"alice\"]]");
        assertThat(owners("bob")).isEqualTo("[[\"bob\"]]");
        assertThat(owners("admin")).isEqualTo("[[null]]");
    }

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
    void says_what_lets_rows_past() {
        apply("{}").statusCode(200);
        GatewayDatabases.postgres()
                .run(
                        """
                        create policy old on shop.signed_item
                            using (owner = current_setting('app.owner', true));
                        create view shop.past_them as select * from shop.signed_item;
                        create view shop.through as select * from shop.past_them;
                        create view shop.as_asked with (security_invoker)
                            as select * from shop.signed_item;
                        create table shop.open_to_all (id int);
                        grant select on shop.past_them, shop.through, shop.as_asked,
                                        shop.open_to_all to agent;
                        """);
        try {
            test().body("rls.holds", equalTo("signed"))
                    .body("rls.findings", hasItem(containsString("shop.open_to_all have no row")))
                    .body(
                            "rls.findings",
                            hasItem(containsString("shop.past_them, shop.through read tables")))
                    .body(
                            "rls.findings",
                            hasItem(containsString("shop.item, shop.signed_item have")))
                    .body("rls.findings", not(hasItem(containsString("as_asked"))));
        } finally {
            GatewayDatabases.postgres()
                    .run(
                            "drop view shop.past_them, shop.through, shop.as_asked;"
                                    + " drop table shop.open_to_all");
        }
    }

    @Test
    void a_verifier_in_the_hands_of_the_login_does_not_hold() {
        apply("{}").statusCode(200);
        GatewayDatabases.postgres().run("grant select on drawbridge.key to agent");
        test().body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("rights on drawbridge.key")));
        apply("{}").statusCode(200);
        test().body("rls.holds", equalTo("signed"));

        GatewayDatabases.postgres().run("grant installer to agent");
        try {
            test().body("rls.holds", equalTo("none"))
                    .body("rls.findings", hasItem(containsString("can change what is in")));
            apply("{}").statusCode(422).body("detail", containsString("another role than agent"));
        } finally {
            GatewayDatabases.postgres().run("revoke installer from agent");
        }

        GatewayDatabases.postgres()
                .run(
                        "create or replace function drawbridge.claims() returns jsonb language sql"
                                + " stable as $$ select '{\"sub\":\"x\"}'::jsonb $$");
        test().body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("is not the one")));
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

    private void policy() {
        GatewayDatabases.postgres()
                .run(
                        "create policy own on shop.signed_item"
                                + " using (owner = (select drawbridge.claim('attributes.owner')))");
    }

    private String owners(String person) {
        TestCallers.know("admin", Map.of(), "*", "admin");
        return structured(
                        call(
                                person,
                                "query_database",
                                new JsonObject().put("connection_id", id).put("sql", OWNERS)))
                .getJsonArray("rows")
                .encode();
    }

    private static JsonObject signed(String name) {
        return connection(name).put("rls", new JsonObject().put("mode", "signed"));
    }

    private ValidatableResponse test() {
        return admin().post(path("/test")).then().statusCode(200);
    }

    private ValidatableResponse apply(String body) {
        var whole = new JsonObject(body).put("username", "installer").put("password", "installer");
        return install(whole.encode());
    }

    private ValidatableResponse install(String body) {
        return admin().contentType(ContentType.JSON).body(body).post(path("/install-rls")).then();
    }

    private void change(String change) {
        admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(change)
                .patch(path(""))
                .then()
                .statusCode(200);
    }

    private String secrets() {
        return value(
                "select count(*) from gateway.connection_secret where connection = '" + id + "'");
    }

    private String path(String more) {
        return "/api/v1/connections/" + id + more;
    }

    private static String value(String sql) {
        return GatewayDatabases.postgres().value(sql);
    }
}
