package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/// An account that was there before gets an identity at a provider: by a recent proof of who its
/// person is and an e-mail address that the provider has verified, and by nothing less.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
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
