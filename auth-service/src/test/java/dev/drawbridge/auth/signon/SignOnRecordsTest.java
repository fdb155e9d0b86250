package dev.drawbridge.auth.signon;

import static dev.drawbridge.auth.signon.Recorded.actions;
import static dev.drawbridge.auth.signon.Recorded.all;
import static dev.drawbridge.auth.signon.Recorded.awaited;
import static dev.drawbridge.auth.signon.Recorded.details;
import static dev.drawbridge.auth.signon.Recorded.only;
import static dev.drawbridge.auth.signon.Recorded.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What came of an identity provider's word is on record: who was let in or not, made, linked, and
/// what they are given by it.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class SignOnRecordsTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private final TestTenant tenant = TestTenant.named("default");
    private final String name = "gil-" + UUID.randomUUID();
    private final TestProvider corp = TestProviders.corp();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        corp.reset();
        TestTenant.run(
                "insert into auth.groups (tenant_id, id, name, name_key) values"
                        + " ('default', gen_random_uuid(), 'Managers', 'managers')"
                        + " on conflict do nothing");
        is(Map.of());
    }

    @Test
    void a_person_s_first_sign_on_makes_a_user_and_begins_a_session() {
        browser.signOn("corp").then().statusCode(302);

        String user = user();
        assertThat(actions(user)).containsExactly("user.create", "session.begin");
        JsonObject made = only("user.create", user);
        assertThat(made.getString("client")).isEqualTo("127.0.0.1");
        assertThat(details(made).getString("issuer")).isEqualTo(corp.issuer());
        assertThat(details(made).getString("subject")).isEqualTo(name);
        assertThat(details(made).getJsonObject("after").getString("username")).isEqualTo(name);
        JsonObject begun = only("session.begin", user);
        assertThat(begun.getString("outcome")).isEqualTo("OK");
        assertThat(details(begun).getString("issuer")).isEqualTo(corp.issuer());
    }

    @Test
    void claims_that_give_or_take_something_and_no_others() {
        is(Map.of("realm", Map.of("groups", List.of("managers")), "store", 7));
        browser.signOn("corp").then().statusCode(302);
        browser.signOn("corp").then().statusCode(302);
        is(Map.of("store", 8));
        browser.signOn("corp").then().statusCode(302);

        List<JsonObject> mapped = records("user.map", user());
        assertThat(mapped).hasSize(2);
        assertThat(details(mapped.getFirst()).getJsonArray("added").getList())
                .containsExactly("Managers");
        assertThat(details(mapped.getFirst()).getJsonArray("removed")).isEmpty();
        assertThat(details(mapped.getFirst()).getJsonObject("attributes").getMap())
                .isEqualTo(Map.of("store_id", 7));
        assertThat(details(mapped.getLast()).getJsonArray("added")).isEmpty();
        assertThat(details(mapped.getLast()).getJsonArray("removed").getList())
                .containsExactly("Managers");
        assertThat(details(mapped.getLast()).getJsonObject("attributes").getMap())
                .isEqualTo(Map.of("store_id", 8));
        assertThat(mapped.getLast().getString("tenant")).isEqualTo("default");
    }

    @Test
    void a_link_and_its_end_and_what_went_with_it() {
        Person owner = owner();
        is(
                Map.of(
                        "email",
                        name + "@example.com",
                        "email_verified",
                        true,
                        "realm",
                        Map.of("groups", List.of("managers"))));
        link(owner).then().statusCode(302);
        String id =
                Api.as(owner)
                        .get("/api/v1/auth/oidc/identities")
                        .then()
                        .extract()
                        .path("items[0].id");
        Api.as(owner).delete("/api/v1/auth/oidc/identities/" + id).then().statusCode(204);

        String user = "user:" + owner.id();
        assertThat(actions(user)).containsExactly("identity.link", "user.map", "identity.unlink");
        assertThat(details(only("identity.link", user)).getString("subject")).isEqualTo(name);
        JsonObject unlinked = only("identity.unlink", user);
        assertThat(unlinked.getString("user_id")).isEqualTo(owner.id().toString());
        assertThat(details(unlinked).getString("subject")).isEqualTo(name);
        assertThat(details(unlinked).getJsonArray("removed").getList()).containsExactly("Managers");
    }

    @Test
    void a_link_that_was_refused() {
        Person owner = owner();
        link(owner).then().spec(Api.conflict());

        JsonObject refused = awaited("identity.link", "user:" + owner.id());
        assertThat(refused.getString("outcome")).isEqualTo("CONFLICT");
        assertThat(refused.getString("tenant")).isEqualTo("default");
        assertThat(details(refused).getString("provider")).isEqualTo("corp");
        assertThat(details(refused).getString("subject")).isEqualTo(name);
    }

    @Test
    void a_refused_sign_on_of_somebody_whom_we_know() {
        browser.signOn("corp").then().statusCode(302);
        String user = user();
        TestTenant.run("update auth.users set enabled = false where username = ?", name);
        browser.signOn("corp").then().spec(Api.unauthenticated());
        browser.signOn("corp").then().spec(Api.unauthenticated());

        JsonObject refused =
                Awaitility.await("the refusal")
                        .until(() -> records("session.begin", user), found -> found.size() == 2)
                        .getLast();
        assertThat(refused.getString("outcome")).isEqualTo("AUTHENTICATION_ERROR");
        assertThat(refused.getString("tenant")).isEqualTo("default");
        assertThat(refused.getString("client")).isEqualTo("127.0.0.1");
        assertThat(details(refused).getString("provider")).isEqualTo("corp");
        assertThat(details(refused).getString("reason")).isNotBlank();
    }

    @Test
    void a_refused_sign_on_of_somebody_whom_we_do_not_know() {
        tenant.person(name);
        browser.signOn("corp").then().spec(Api.conflict());

        JsonObject refused =
                Awaitility.await("the refusal")
                        .until(
                                () -> records("session.begin", "provider:corp"),
                                found -> found.stream().anyMatch(this::isOfSubject))
                        .stream()
                        .filter(this::isOfSubject)
                        .findFirst()
                        .orElseThrow();
        assertThat(refused.getString("outcome")).isEqualTo("CONFLICT");
        assertThat(refused.getString("tenant")).isEqualTo("default");
        assertThat(details(refused).getString("reason")).startsWith("There is an account");
    }

    @Test
    void a_refused_sign_on_of_whom_the_provider_vouched_for_nobody() {
        browser.callback("/api/v1/auth/oidc/multi/callback?state=x")
                .then()
                .spec(Api.invalid("state"));

        Awaitility.await("the refusal, which may be counted with others of the last minute")
                .untilAsserted(() ->
                        assertThat(records("session.begin", "provider:multi"))
                                .anyMatch(record ->
                                        record.getString("outcome").equals("VALIDATION_ERROR")
                                                && record.getString("tenant") == null));
    }

    @Test
    void sessions_that_a_provider_ended() {
        is(Map.of("sid", "laptop"));
        browser.signOn("corp").then().statusCode(302);
        String session = details(only("session.begin", user())).getString("session");

        logout(TestProviders.multi().sign(logoutClaims())).then().statusCode(400);
        logout(corp.sign(logoutClaims())).then().statusCode(200);

        JsonObject ended = only("session.end", "session:" + session);
        assertThat(ended.getString("tenant")).isEqualTo("default");
        assertThat(ended.getString("outcome")).isEqualTo("OK");
        assertThat(details(ended).getString("issuer")).isEqualTo(corp.issuer());
        assertThat("user:" + details(ended).getString("user")).isEqualTo(user());
        assertThat(awaited("session.end", "provider:corp").getString("outcome"))
                .isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void a_provider_s_token_that_made_a_user_from_where_it_was_used_and_each_token_once() {
        is(Map.of("scope", "db:read"));
        String token = corp.sign(corp.claims(TestProviders.RESOURCE));
        Api.exchangeFrom(token, "192.0.2.31").then().statusCode(200);
        Api.exchangeFrom(token, "192.0.2.32").then().statusCode(200);
        Api.bearer(token).get("/api/v1/auth/me").then().statusCode(200);
        String another = corp.sign(corp.claims(TestProviders.RESOURCE));
        Api.exchangeFrom(another, "192.0.2.33").then().statusCode(200);

        assertThat(only("user.create", user()).getString("client")).isEqualTo("192.0.2.31");
        List<JsonObject> used =
                Awaitility.await("the first uses")
                        .until(() -> firstUses(user()), found -> found.size() >= 2);
        assertThat(used)
                .extracting(use -> use.getString("client"))
                .containsExactly("192.0.2.31", "192.0.2.33");
        assertThat(used)
                .extracting(use -> use.getString("credential_type"))
                .containsOnly("provider_token");
        assertThat(TestTenant.query("select json_agg(v)::text from auth.audit_v1 v"))
                .doesNotContain(token);
    }

    @Test
    void a_provider_s_token_that_was_refused_and_why() {
        tenant.person(name);
        String token = corp.sign(corp.claims(TestProviders.RESOURCE));
        Api.exchangeFrom(token, "192.0.2.41").then().spec(Api.unauthenticated());

        String exchange = "action = 'credential.exchange' and client = ?";
        JsonObject refused =
                Awaitility.await("the refusal")
                        .until(() -> all(exchange, "192.0.2.41"), found -> !found.isEmpty())
                        .getFirst();
        assertThat(refused.getString("outcome")).isEqualTo("AUTHENTICATION_ERROR");
        assertThat(details(refused).getString("reason")).startsWith("There is an account");
    }

    private static List<JsonObject> firstUses(String user) {
        return all("action = 'token.first-use' and 'user:' || user_id = ?", user);
    }

    private boolean isOfSubject(JsonObject record) {
        return name.equals(details(record).getString("subject"));
    }

    private Person owner() {
        Person owner = tenant.person(name);
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                name + "@example.com",
                name + "@example.com",
                owner.id());
        return owner;
    }

    private Response link(Person owner) {
        var asked = Api.as(owner).body("{\"redirect\": \"/\"}");
        var started = browser.keep(asked.post("/api/v1/auth/oidc/corp/link"));
        return browser.callback(browser.authorize(URI.create(started.path("location"))));
    }

    private JwtClaims logoutClaims() {
        corp.person = Map.of();
        TestProviders.multi().person = Map.of();
        var claims = corp.claims(TestProvider.CLIENT);
        claims.setClaim("events", Map.of(EVENT, Map.of()));
        claims.setSubject(name);
        return claims;
    }

    private static Response logout(String token) {
        return RestAssured.given()
                .formParam("logout_token", token)
                .post("/api/v1/auth/oidc/corp/backchannel-logout");
    }

    private void is(Map<String, Object> more) {
        var claims = new HashMap<String, Object>(more);
        claims.put("sub", name);
        claims.put("preferred_username", name);
        corp.person = claims;
    }

    private String user() {
        return "user:"
                + TestTenant.query(
                        "select user_id from auth.external_identity where subject = ?", name);
    }
}
