package dev.drawbridge.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.audit.AuditProof;
import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.List;

/// Everything that somebody does here leaves its record, and what cannot be recorded does not
/// happen.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class AuditRecordsTest {
    @Inject SecretBox secrets;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");

    @Test
    void a_sign_in_and_a_sign_out() {
        Person kim = tenant.person("kim");
        String session =
                Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().extract().path("token");
        Api.bearer(session).post("/api/v1/auth/logout").then().statusCode(204);

        JsonObject in = only("session.begin", "user:" + kim.id());
        assertThat(in.getString("outcome")).isEqualTo("OK");
        assertThat(in.getString("client")).isEqualTo("127.0.0.1");
        assertThat(in.getString("trace")).isNotBlank();
        String id = details(in).getString("session");
        assertThat(only("session.end", "session:" + id).getString("user_id"))
                .isEqualTo(kim.id().toString());
        assertThat(everything()).doesNotContain(session, TestTenant.PASSWORD);
    }

    @Test
    void a_refused_sign_in_of_a_known_user_by_its_id() {
        Person kim = tenant.person("kim");
        Api.login(tenant.id(), "kim", "a wrong password!").then().statusCode(401);

        JsonObject refused = only("session.begin", "user:" + kim.id());
        assertThat(refused.getString("outcome")).isEqualTo("AUTHENTICATION_ERROR");
        assertThat(everything()).doesNotContain("a wrong password!");
    }

    @Test
    void a_refused_sign_in_of_nobody_by_a_hint_that_is_no_password() {
        Api.login(tenant.id(), "my secret passphrase", "x".repeat(12)).then().statusCode(401);

        JsonObject refused = only("session.begin", null);
        assertThat(details(refused).getString("username")).isEqualTo("my… (20)");
        assertThat(everything()).doesNotContain("secret passphrase");
    }

    @Test
    void users_with_before_and_after_and_no_password() {
        String id =
                Api.as(root)
                        .body("{\"username\": \"new\", \"password\": \"correct horse one\"}")
                        .post("/api/v1/users")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        Api.as(root)
                .header("If-Match", "\"1\"")
                .body("{\"enabled\": false, \"password\": \"correct horse two\"}")
                .patch("/api/v1/users/" + id)
                .then()
                .statusCode(200);
        Api.as(root).delete("/api/v1/users/" + id).then().statusCode(204);

        JsonObject made = only("user.create", "user:" + id);
        assertThat(made.getString("user_id")).isEqualTo(root.id().toString());
        assertThat(details(made).getJsonObject("after").getString("username")).isEqualTo("new");
        JsonObject changed = details(only("user.change", "user:" + id));
        assertThat(changed.getJsonObject("before").getBoolean("enabled")).isTrue();
        assertThat(changed.getJsonObject("after").getBoolean("enabled")).isFalse();
        assertThat(changed.getBoolean("passwordChanged")).isTrue();
        assertThat(only("user.delete", "user:" + id)).isNotNull();
        assertThat(everything()).doesNotContain("correct horse", "$2b$");
    }

    @Test
    void groups_members_and_grants() {
        Person kim = tenant.person("kim");
        String group = create("/api/v1/groups", "{\"name\": \"g\"}");
        String member =
                create(
                        "/api/v1/groups/" + group + "/members",
                        "{\"userId\": \"" + kim.id() + "\"}");
        String grant =
                create(
                        "/api/v1/grants",
                        """
                        {"groupId": "%s", "object": "tool:*", "level": "read"}
                        """
                                .formatted(group));
        change("/api/v1/grants/" + grant, "{\"level\": \"write\"}");
        Api.as(root).delete("/api/v1/grants/" + grant).then().statusCode(204);
        Api.as(root)
                .delete("/api/v1/groups/" + group + "/members/" + member)
                .then()
                .statusCode(204);
        change("/api/v1/groups/" + group, "{\"name\": \"h\"}");
        Api.as(root).delete("/api/v1/groups/" + group).then().statusCode(204);

        assertThat(actions("group:" + group))
                .containsExactly(
                        "group.create",
                        "member.add",
                        "grant.create",
                        "grant.change",
                        "grant.delete",
                        "member.remove",
                        "group.change",
                        "group.delete");
        JsonObject changed = details(only("grant.change", "group:" + group));
        assertThat(changed.getJsonObject("before").getString("level")).isEqualTo("read");
        assertThat(changed.getJsonObject("after").getString("level")).isEqualTo("write");
    }

    private void change(String path, String body) {
        Api.as(root).header("If-Match", "\"1\"").body(body).patch(path).then().statusCode(200);
    }

    @Test
    void tokens_their_first_use_and_their_refusal() {
        String secret = Api.newToken(root, "");
        String id =
                TestTenant.query(
                        "select id::text from auth.api_token where tenant_id = ?", tenant.id());
        Api.exchangeFrom(secret, "192.0.2.77").then().statusCode(200);
        Api.as(root).delete("/api/v1/auth/tokens/" + id).then().statusCode(204);
        Api.exchangeFrom(secret, "192.0.2.78").then().statusCode(401);

        Awaitility.await("what is recorded behind the answer")
                .untilAsserted(() ->
                        assertThat(actions("token:" + id))
                                .containsExactlyInAnyOrder(
                                        "token.create",
                                        "token.first-use",
                                        "token.revoke",
                                        "credential.exchange"));
        assertThat(only("token.first-use", "token:" + id).getString("client"))
                .isEqualTo("192.0.2.77");
        JsonObject refused = only("credential.exchange", "token:" + id);
        assertThat(refused.getString("client")).isEqualTo("192.0.2.78");
        assertThat(details(refused).getString("user")).isEqualTo(root.id().toString());
        assertThat(everything()).doesNotContain(secret);
    }

    @Test
    void a_token_that_was_used_more_often_than_it_may_be() {
        String secret =
                Api.newToken(root, "\"rateLimit\": {\"requests\": 1, \"perSeconds\": 86400}");
        String id =
                TestTenant.query(
                        "select id::text from auth.api_token where tenant_id = ?", tenant.id());
        Api.exchange(secret).then().statusCode(200);
        Api.exchange(secret).then().spec(Api.problem(429, "RATE_LIMITED"));

        JsonObject refused =
                Awaitility.await("the refusal")
                        .until(
                                () -> records("credential.exchange", "token:" + id),
                                found -> !found.isEmpty())
                        .getFirst();
        assertThat(refused.getString("outcome")).isEqualTo("RATE_LIMITED");
        assertThat(details(refused).getString("user")).isEqualTo(root.id().toString());
    }

    @Test
    void a_request_that_was_refused_for_who_sent_it() {
        Person kim = tenant.person("kim");
        Api.as(kim).body("{\"name\": \"g\"}").post("/api/v1/groups").then().statusCode(403);

        JsonObject refused =
                Awaitility.await("the refusal")
                        .until(
                                () -> records("request.refuse", "POST /api/v1/groups"),
                                found -> !found.isEmpty())
                        .getFirst();
        assertThat(refused.getString("user_id")).isEqualTo(kim.id().toString());
        assertThat(refused.getString("outcome")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(details(refused).getString("reason")).contains("admin:groups");
    }

    @Test
    void what_cannot_be_recorded_does_not_happen() {
        TestTenant.run(
                "alter table auth.audit_record add constraint no_more check (false) not valid");
        try {
            Api.as(root)
                    .body("{\"name\": \"unrecorded\"}")
                    .post("/api/v1/groups")
                    .then()
                    .statusCode(500);
            tenant.person("kim");
            Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(500);
        } finally {
            TestTenant.run("alter table auth.audit_record drop constraint no_more");
        }

        assertThat(TestTenant.query("select count(*) from auth.groups where name = 'unrecorded'"))
                .isEqualTo("0");
        create("/api/v1/groups", "{\"name\": \"recorded\"}");
    }

    @Test
    void what_was_recorded_is_proved() throws SQLException {
        create("/api/v1/groups", "{\"name\": \"proved\"}");
        Api.as(root).body("{}").post("/api/v1/groups").then().statusCode(400);

        try (var connection = TestTenant.connect()) {
            var report = AuditProof.of(connection, secrets, List.of(), "auth");
            assertThat(report.findings()).isEmpty();
            assertThat(report.proved()).isPositive();
        }
    }

    private String create(String path, String body) {
        return Api.as(root).body(body).post(path).then().statusCode(201).extract().path("id");
    }

    private JsonObject only(String action, String object) {
        List<JsonObject> found = records(action, object);
        assertThat(found).as(action + " " + object).hasSize(1);
        return found.getFirst();
    }

    private List<String> actions(String object) {
        return records(null, object).stream().map(record -> record.getString("action")).toList();
    }

    private List<JsonObject> records(String action, String object) {
        return new JsonArray(
                        TestTenant.query(
                                """
                                select coalesce(json_agg(v order by chain, seq), '[]')
                                  from auth.audit_v1 v
                                 where tenant = ?
                                   and (?::text is null or action = ?)
                                   and object is not distinct from ?
                                """,
                                tenant.id(),
                                action,
                                action,
                                object))
                .stream().map(JsonObject.class::cast).toList();
    }

    private static JsonObject details(JsonObject record) {
        return new JsonObject(record.getString("details"));
    }

    private static String everything() {
        return TestTenant.query("select json_agg(v)::text from auth.audit_v1 v");
    }
}
