package dev.drawbridge.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class AuditResourceTest {
    private static final String AUDIT = "/api/v1/audit";
    private static final UUID CONNECTION = UUID.randomUUID();

    @Inject SecretBox secrets;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person auditor = tenant.holding("auditor", "admin:audit", "read");

    @Test
    void lists_what_both_services_recorded_newest_first() throws IOException {
        Person kim = tenant.person("kim");
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);
        try (var gateway = new GatewayAudit(secrets)) {
            gateway.call(kim, CONNECTION, "select name from t where id = ?", Instant.now());
        }

        list("user=" + kim.id())
                .body("items.action", contains("tool.call", "session.begin"))
                .body("items[0].object", equalTo("tool:query_database"))
                .body("items[0].statement", equalTo("select name from t where id = ?"))
                .body("items[0].rows", equalTo(3))
                .body("items[0].rls.mode", equalTo("claims"))
                .body("items[0].client", equalTo("192.0.2.5"))
                .body("items[1].outcome", equalTo("OK"))
                .body("items[1].client", equalTo("127.0.0.1"))
                .body("nextCursor", nullValue());
    }

    @Test
    void pages_through_all_of_both_services_and_each_once() throws IOException {
        Person kim = tenant.person("kim");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        try (var gateway = new GatewayAudit(secrets)) {
            for (int i = 0; i < 7; i++) {
                gateway.call(kim, CONNECTION, "select ?", now); // some of one moment
                Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);
            }
        }

        List<String> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null && pages < 20) {
            var page =
                    list("limit=3&user=" + kim.id() + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                            .extract()
                            .jsonPath();
            ids.addAll(page.getList("items.id"));
            times.addAll(page.getList("items.at"));
            cursor = page.getString("nextCursor");
            pages++;
        }

        assertThat(ids).hasSize(14).doesNotHaveDuplicates();
        assertThat(times.stream().map(Instant::parse).toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void filters() throws IOException {
        Person kim = tenant.person("kim");
        UUID elsewhere = UUID.randomUUID();
        Api.login(tenant.id(), "kim", "not the password").then().statusCode(401);
        try (var gateway = new GatewayAudit(secrets)) {
            gateway.call(kim, CONNECTION, "select ?", Instant.now());
            gateway.call(kim, elsewhere, "select ?, …", Instant.now());
        }
        String trace = list("connection=" + elsewhere).extract().path("items[0].traceId");
        Instant later = Instant.now().plus(Duration.ofHours(1));

        list("connection=" + elsewhere).body("items.statement", contains("select ?, …"));
        list("traceId=" + trace).body("items", hasSize(1));
        list("outcome=AUTHENTICATION_ERROR").body("items.action", contains("session.begin"));
        list("action=tool.call").body("items", hasSize(2));
        list("object=tool:query_database").body("items", hasSize(2));
        list("object=user:*").body("items.object", contains("user:" + kim.id()));
        list("object=tool").body("items", hasSize(0));
        list("from=" + later).body("items", hasSize(0));
        list("to=" + Instant.now().minus(Duration.ofHours(1))).body("items", hasSize(0));
        list("to=" + later).body("items", hasSize(3));
    }

    @Test
    void shows_nothing_of_another_tenant_and_of_none() throws IOException {
        var other = TestTenant.fresh();
        Person stranger = other.person("stranger");
        Api.login(other.id(), "stranger", TestTenant.PASSWORD).then().statusCode(200);
        Api.exchange("dbk_" + "0".repeat(49)).then().statusCode(401);
        try (var gateway = new GatewayAudit(secrets)) {
            gateway.call(stranger, CONNECTION, "select ?", Instant.now());
        }

        list("user=" + stranger.id()).body("items", hasSize(0));
        Person root = tenant.superuser("root");
        Api.as(root)
                .get(AUDIT + "?action=audit.anchor")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void an_operator_sees_also_what_belongs_to_no_tenant() {
        Api.exchange("dbk_" + "1".repeat(49)).then().statusCode(401);
        String session =
                Api.login("default", "admin", AuthDatastore.ADMIN_PASSWORD)
                        .then()
                        .extract()
                        .path("token");

        org.awaitility.Awaitility.await("the refusal")
                .untilAsserted(() ->
                        Api.bearer(session)
                                .get(AUDIT + "?action=credential.exchange&limit=200")
                                .then()
                                .statusCode(200)
                                .body("items.outcome", hasItem("AUTHENTICATION_ERROR")));
    }

    @Test
    void needs_admin_audit() {
        Api.as(tenant.person("nobody")).get(AUDIT).then().spec(Api.forbidden());
        Api.as(tenant.holding("users-admin", "admin:users", "admin"))
                .get(AUDIT)
                .then()
                .spec(Api.forbidden());
        Api.anyone().get(AUDIT).then().spec(Api.unauthenticated());
        Api.as(tenant.person("n2"))
                .header("Accept", "application/x-ndjson")
                .get(AUDIT)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday",
        "to, 1",
        "user, kim",
        "connection, x",
        "traceId, 12",
        "cursor, ???",
        "limit, 0",
        "limit, 201",
        "usr, 1"
    })
    void names_a_wrong_parameter(String name, String value) {
        Api.as(auditor).queryParam(name, value).get(AUDIT).then().spec(Api.invalid(name));
    }

    @Test
    void exports_a_json_object_a_line_and_records_it() throws IOException {
        Person kim = tenant.person("kim");
        try (var gateway = new GatewayAudit(secrets)) {
            for (int i = 0; i < 1_203; i++) {
                gateway.call(kim, CONNECTION, "select ?", Instant.now());
            }
        }

        String lines =
                Api.as(auditor)
                        .header("Accept", "application/x-ndjson")
                        .get(AUDIT + "?user=" + kim.id())
                        .then()
                        .statusCode(200)
                        .contentType("application/x-ndjson")
                        .extract()
                        .asString();

        var ids = new HashSet<String>();
        lines.lines().forEach(line -> ids.add(new JsonObject(line).getString("id")));
        assertThat(ids).hasSize(1_203);
        list("action=audit.export")
                .body("items[0].userId", equalTo(auditor.id().toString()))
                .body("items[0].details.filter.user", equalTo(kim.id().toString()));
    }

    @Test
    void exports_csv_that_no_spreadsheet_takes_for_formulas() throws IOException {
        Person kim = tenant.person("kim");
        try (var gateway = new GatewayAudit(secrets)) {
            gateway.call(kim, CONNECTION, "=1+1, \"x\"", Instant.now());
        }

        String csv =
                Api.as(auditor)
                        .header("Accept", "text/csv")
                        .get(AUDIT + "?user=" + kim.id())
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        assertThat(csv.lines()).hasSize(2);
        assertThat(csv.lines().findFirst().orElseThrow()).startsWith("id,at,action,object,outcome");
        assertThat(csv).contains("\"'=1+1, \"\"x\"\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z"})
    void begins_at_the_newest_where_it_is_asked_for_what_is_to_come(String to) {
        Person kim = tenant.person("kim");
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);

        Api.as(auditor)
                .queryParam("to", to)
                .get(AUDIT)
                .then()
                .statusCode(200)
                .body("items.object", contains("user:" + kim.id()))
                .body("nextCursor", nullValue());
    }

    @Test
    void goes_on_at_the_newest_from_a_cursor_that_is_ahead() {
        Person kim = tenant.person("kim");
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);

        list("cursor=" + AuditCursor.before(Instant.parse("9999-12-31T23:59:59Z")).text())
                .body("items.object", contains("user:" + kim.id()))
                .body("nextCursor", nullValue());
    }

    @Test
    void answers_while_there_is_no_gateway() {
        tenant.person("kim");
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(200);
        boolean was = TestTenant.query("select to_regnamespace('gateway') is not null").equals("t");
        rename(was, "gateway", "gateway_away");
        try {
            assertThat(TestTenant.query("select to_regnamespace('gateway')")).isNull();

            list("action=session.begin").body("items", hasSize(1));
        } finally {
            rename(was, "gateway_away", "gateway");
        }
    }

    private static void rename(boolean wanted, String schema, String name) {
        if (wanted) {
            TestTenant.run("alter schema " + schema + " rename to " + name);
        }
    }

    private ValidatableResponse list(String query) {
        return Api.as(auditor).get(AUDIT + "?" + query).then().statusCode(200);
    }
}
