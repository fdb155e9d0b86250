package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// An account that was there before gets an identity at a provider: by a recent proof of who its
/// person is and an e-mail address that the provider has verified, and by nothing less.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class LinkTest {
    private final String name = "flo-" + UUID.randomUUID();
    private final String subject = "subject-of-" + name;
    private final Person flo = TestTenant.named("default").person(name);
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        TestProviders.corp().reset();
        email(flo, name + "@example.com");
        is(name + "@example.com", true);
    }

    @Test
    void links_and_signs_on_to_the_account_from_then_on() {
        Response started = link(flo.session(), "/settings");
        var asked = TestProvider.parameters(URI.create(started.path("location")));
        assertThat(asked).containsEntry("prompt", "login");

        callback(started).then().statusCode(302).header("Location", "/settings");

        assertThat(browser.session()).isNull();
        browser.signOn("corp").then().statusCode(302);
        Api.bearer(browser.session())
                .get("/api/v1/auth/me")
                .then()
                .body("id", equalTo(flo.id().toString()));
    }

    @Test
    void takes_an_address_in_other_letters_for_the_same() {
        is(name.toUpperCase(java.util.Locale.ROOT) + "@Example.com", true);

        callback(link(flo.session(), "/")).then().statusCode(302);
    }

    @Test
    void refuses_an_address_that_is_not_verified_or_another_or_not_there() {
        is(name + "@example.com", false);
        callback(link(flo.session(), "/")).then().spec(Api.conflict());
        is("other@example.com", true);
        callback(link(flo.session(), "/")).then().spec(Api.conflict());
        TestProviders.corp().person = Map.of("sub", subject);
        callback(link(flo.session(), "/")).then().spec(Api.conflict());
        is(name + "@example.com", true);
        TestTenant.run(
                "update auth.users set email = null, email_key = null where id = ?", flo.id());
        callback(link(flo.session(), "/")).then().spec(Api.conflict());
    }

    @Test
    void asks_for_a_recent_proof() {
        String old = TestTenant.named("default").session(flo.id());
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '11 minutes'"
                        + " where user_id = ?",
                flo.id());

        link(old, "/").then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        link(Api.newToken(flo, ""), "/").then().spec(Api.forbidden());
        Api.anyone().body("{}").post("/api/v1/auth/oidc/corp/link").then().statusCode(401);
    }

    @Test
    void refuses_an_identity_that_is_somebody_s_already() {
        callback(link(flo.session(), "/")).then().statusCode(302);
        email(flo, "former-" + name + "@example.com");
        Person twin = TestTenant.named("default").person("twin-" + name);
        email(twin, name + "@example.com");

        callback(link(twin.session(), "/")).then().spec(Api.conflict());
    }

    @Test
    void sends_nobody_elsewhere() {
        link(flo.session(), "https://evil.example.com").then().spec(Api.invalid("redirect"));
    }

    @Test
    void lists_and_removes_an_identity_of_one_s_own() {
        callback(link(flo.session(), "/")).then().statusCode(302);
        String id =
                Api.as(flo)
                        .get("/api/v1/auth/oidc/identities")
                        .then()
                        .statusCode(200)
                        .body("items[0].issuer", equalTo(TestProviders.corp().issuer()))
                        .body("items[0].subject", equalTo(subject))
                        .extract()
                        .path("items[0].id");
        Person other = TestTenant.named("default").person("other-" + name);
        unlink(other.session(), id).then().spec(Api.notFound());

        unlink(flo.session(), id).then().statusCode(204);

        Api.as(flo).get("/api/v1/auth/oidc/identities").then().body("items", empty());
    }

    @Test
    void removes_no_identity_that_is_the_only_way_in() {
        TestProviders.corp().person =
                Map.of("sub", "only-" + name, "preferred_username", "only-" + name);
        browser.signOn("corp");
        String id =
                Api.bearer(browser.session())
                        .get("/api/v1/auth/oidc/identities")
                        .then()
                        .extract()
                        .path("items[0].id");

        unlink(browser.session(), id).then().spec(Api.conflict());
    }

    @Test
    void does_not_find_an_identity_of_somebody_else_whatever_one_s_own_are() {
        String own = onlyWaysIn(flo, 1).getFirst();
        Person twin = TestTenant.named("default").person("twin-" + name);
        String foreign = onlyWaysIn(twin, 1).getFirst();

        unlink(flo.session(), foreign).then().spec(Api.notFound());
        unlink(flo.session(), own).then().spec(Api.conflict());
        unlink(twin.session(), foreign).then().spec(Api.conflict());
    }

    @Test
    void keeps_one_way_in_when_the_last_two_are_removed_at_once() throws SQLException {
        List<String> identities = onlyWaysIn(flo, 2);
        List<CompletableFuture<Integer>> removals;
        try (var connection = TestTenant.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Nobody removes any of them before both have looked.
            statement.execute("lock table auth.external_identity in share mode");
            removals =
                    identities.stream()
                            .map(id ->
                                    CompletableFuture.supplyAsync(
                                            () -> unlink(flo.session(), id).statusCode(),
                                            Thread::startVirtualThread))
                            .toList();
            Awaitility.await("both wait")
                    .until(() ->
                            TestTenant.query(
                                            "select count(*) from pg_stat_activity"
                                                    + " where wait_event_type = 'Lock'")
                                    .equals("2"));
            connection.rollback();
        }

        assertThat(removals.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(204, 409);
    }

    /// Makes identities without which the person could not sign in.
    private static List<String> onlyWaysIn(Person person, int count) {
        TestTenant.run("update auth.users set password_hash = null where id = ?", person.id());
        return Stream.generate(() -> UUID.randomUUID().toString())
                .limit(count)
                .peek(id ->
                        TestTenant.run(
                                "insert into auth.external_identity"
                                        + " (tenant_id, id, user_id, issuer, subject)"
                                        + " values ('default', ?::uuid, ?, 'https://corp', ?)",
                                id,
                                person.id(),
                                id))
                .toList();
    }

    private void is(String email, boolean verified) {
        TestProviders.corp().person =
                Map.of("sub", subject, "email", email, "email_verified", verified);
    }

    private static void email(Person person, String email) {
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                email,
                email,
                person.id());
    }

    private Response link(String session, String redirect) {
        return browser.keep(
                Api.bearer(session)
                        .body("{\"redirect\": \"" + redirect + "\"}")
                        .post("/api/v1/auth/oidc/corp/link"));
    }

    private Response callback(Response started) {
        started.then().statusCode(200);
        return browser.callback(browser.authorize(URI.create(started.path("location"))));
    }

    private static Response unlink(String session, String id) {
        return Api.bearer(session).delete("/api/v1/auth/oidc/identities/" + id);
    }
}
