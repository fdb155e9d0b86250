package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class SignOnTest {
    private final TestTenant tenant = TestTenant.named("default");
    private final Browser browser = new Browser();
    private final String name = "ann-" + UUID.randomUUID();

    @BeforeEach
    void reset() {
        TestProviders.corp().reset();
        TestProviders.multi().reset();
        isGiven(List.of());
        TestTenant.run(
                "insert into auth.groups (tenant_id, id, name, name_key) values"
                        + " ('default', gen_random_uuid(), 'Analysts', 'analysts'),"
                        + " ('default', gen_random_uuid(), 'Managers', 'managers')"
                        + " on conflict do nothing");
    }

    @Test
    void offers_the_configured_providers() {
        Api.anyone()
                .get("/api/v1/auth/oidc/providers")
                .then()
                .statusCode(200)
                .body("items.name", contains("corp", "down", "leaving", "multi"))
                .body("items.label", contains("Corporate account", "down", "leaving", "multi"))
                .body("items[0].start", equalTo("/api/v1/auth/oidc/corp/start"));
    }

    @Test
    void sends_the_browser_to_the_provider_with_a_challenge_and_a_cookie() {
        var started = browser.start("corp");

        started.then().statusCode(302).header("Cache-Control", "no-store");
        var asked = TestProvider.parameters(URI.create(started.header("Location")));
        assertThat(started.header("Location")).startsWith(TestProviders.corp().issuer());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "drawbridge")
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry(
                        "redirect_uri", "http://127.0.0.1:8082/api/v1/auth/oidc/corp/callback")
                .doesNotContainKey("prompt");
        assertThat(asked.get("state")).hasSize(43).isNotEqualTo(asked.get("nonce"));
        Cookie cookie = started.detailedCookies().iterator().next();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecured()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/api/v1/auth/oidc");
    }

    @Test
    void keeps_nothing_in_the_datastore_that_would_let_another_browser_go_on() {
        var started = browser.start("corp");
        var asked = TestProvider.parameters(URI.create(started.header("Location")));

        String rows = TestTenant.query("select string_agg(s::text, ' ') from auth.sign_on s");

        assertThat(rows).doesNotContain(asked.get("state"), asked.get("nonce"));
        browser.cookies().values().forEach(secret -> assertThat(rows).doesNotContain(secret));
    }

    @Test
    void ends_in_an_ordinary_session_in_a_cookie() {
        var ended = browser.signOn("corp");

        ended.then()
                .statusCode(302)
                .header("Location", "/")
                .header("Referrer-Policy", "no-referrer");
        Cookie cookie = ended.detailedCookie(Browser.SESSION);
        assertThat(cookie.getValue()).startsWith("dbs_");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecured()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getMaxAge()).isBetween(43_000L, 43_200L);
        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("username", equalTo(name))
                .body("tenant", equalTo("default"))
                .body("superuser", equalTo(false))
                .body("credential.type", equalTo("session"));
    }

    @Test
    void knows_a_person_again_by_issuer_and_subject_whatever_the_name_is_now() {
        browser.signOn("corp").then().statusCode(302);
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", "renamed-" + name);

        browser.signOn("corp").then().statusCode(302);

        Api.bearer(browser.session()).get("/api/v1/auth/me").then().body("username", equalTo(name));
    }

    @Test
    void gives_the_groups_that_the_provider_gives_and_takes_them_away_with_it() {
        isGiven(List.of("/Analysts EU", "managers", "unmapped", "Analysts"));
        browser.signOn("corp");
        groups("Analysts", "Managers");

        isGiven(List.of("managers"));
        browser.signOn("corp");
        groups("Managers");

        TestProviders.corp().person = Map.of("sub", name, "preferred_username", name);
        browser.signOn("corp");
        Api.bearer(browser.session()).get("/api/v1/auth/me").then().body("groups", empty());
    }

    @Test
    void leaves_a_membership_alone_that_an_administrator_gave() {
        browser.signOn("corp");
        TestTenant.run(
                "insert into auth.group_member (tenant_id, id, group_id, user_id)"
                        + " select 'default', gen_random_uuid(), g.id, u.id"
                        + " from auth.groups g, auth.users u"
                        + " where g.name = 'Analysts' and u.username = ?",
                name);

        isGiven(List.of("/Analysts EU", "managers"));
        browser.signOn("corp");
        isGiven(List.of());
        browser.signOn("corp");

        groups("Analysts");
    }

    @Test
    void reads_no_groups_and_attributes_from_a_token_that_is_older_than_the_last() {
        isGiven(List.of("managers"));
        browser.signOn("corp");
        isGiven(List.of("/Analysts EU"));
        TestProviders.corp().tamper =
                claims -> {
                    claims.setIssuedAt(
                            org.jose4j.jwt.NumericDate.fromSeconds(
                                    java.time.Instant.now().getEpochSecond() - 50));
                    return claims;
                };

        browser.signOn("corp").then().statusCode(302);

        groups("Managers");
    }

    @Test
    void takes_attributes_from_claims_and_keeps_the_others() {
        TestProviders.corp().person =
                Map.of("sub", name, "preferred_username", name, "store", 7, "other", 8);
        browser.signOn("corp");
        TestTenant.run(
                "update auth.users set attributes = attributes || '{\"region\": \"West\"}'"
                        + " where username = ?",
                name);
        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .body("attributes", hasEntry("store_id", 7))
                .body("attributes", hasEntry("region", "West"));

        isGiven(List.of());
        browser.signOn("corp");

        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .body("attributes", equalTo(Map.of("region", "West")));
    }

    @Test
    void counts_a_second_factor_that_the_provider_vouches_for() {
        requireSecondFactor();
        browser.signOn("corp");
        pending("second_factor");

        TestProviders.corp().person =
                Map.of(
                        "sub",
                        name,
                        "preferred_username",
                        name,
                        "realm",
                        Map.of("groups", List.of("strict")),
                        "amr",
                        List.of("pwd", "mfa"));
        browser.signOn("corp");
        pending();
        TestProviders.corp().person =
                Map.of(
                        "sub",
                        name,
                        "preferred_username",
                        name,
                        "realm",
                        Map.of("groups", List.of("strict")),
                        "acr",
                        "gold");
        browser.signOn("corp");
        pending();
    }

    @ParameterizedTest
    @CsvSource({"/chat/7?tab=a#b", "https://chat.example.com/c?x=%2F"})
    void sends_the_browser_where_it_wanted_to_go(String target) {
        URI back = browser.authorize(browser.start("corp", target));

        browser.callback(back).then().statusCode(302).header("Location", target);
    }

    @Test
    void lets_two_tabs_sign_on_at_the_same_time() {
        URI first = browser.authorize(browser.start("corp", "/first"));
        URI second = browser.authorize(browser.start("corp", "/second"));

        browser.callback(first).then().statusCode(302).header("Location", "/first");
        browser.callback(second).then().statusCode(302).header("Location", "/second");
    }

    private void isGiven(List<String> groups) {
        TestProviders.corp().person =
                Map.of(
                        "sub", name,
                        "preferred_username", name,
                        "realm", Map.of("groups", groups));
    }

    private void requireSecondFactor() {
        TestTenant.run(
                "insert into auth.groups (tenant_id, id, name, name_key, requires_second_factor)"
                        + " values ('default', gen_random_uuid(), 'Strict', 'strict', true)"
                        + " on conflict do nothing");
        isGiven(List.of("strict"));
    }

    private void pending(String... expected) {
        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("pending", expected.length == 0 ? empty() : contains(expected));
    }

    private void groups(String... expected) {
        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("groups", contains(expected));
    }
}
