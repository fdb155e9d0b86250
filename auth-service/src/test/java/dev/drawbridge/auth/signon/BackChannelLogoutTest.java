package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/// Signing out on both sides.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class BackChannelLogoutTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private final String name = "di-" + UUID.randomUUID();
    private final Browser laptop = new Browser();
    private final Browser phone = new Browser();

    @BeforeEach
    void signOn() {
        TestProviders.corp().reset();
        signOn(laptop, "laptop");
        signOn(phone, "phone");
    }

    @Test
    void ends_the_session_that_it_names_and_no_other() {
        assertThat(logout(token("laptop", null)).statusCode()).isEqualTo(200);

        gone(laptop.session());
        here(phone.session());
    }

    @Test
    void ends_all_sessions_of_a_person() {
        logout(token(null, name)).then().statusCode(200).header("Cache-Control", "no-store");

        gone(laptop.session());
        gone(phone.session());
    }

    @Test
    void leaves_sessions_alone_that_began_with_a_password_or_belong_to_others() {
        var user =
                UUID.fromString(
                        TestTenant.query(
                                "select user_id from auth.external_identity where subject = ?",
                                name));
        String own = TestTenant.named("default").session(user);

        logout(token(null, name)).then().statusCode(200);
        logout(token(null, "somebody else")).then().statusCode(200);

        here(own);
    }

    @Test
    void bars_bearer_tokens_of_what_it_ended() {
        String laptops = bearer("laptop");
        String phones = bearer("phone");
        Api.exchange(laptops).then().statusCode(200);

        logout(token("laptop", name)).then().statusCode(200);

        Api.exchange(laptops).then().spec(Api.unauthenticated());
        Api.exchange(phones).then().statusCode(200);
        logout(token(null, name)).then().statusCode(200);
        Api.exchange(phones).then().spec(Api.unauthenticated());
    }

    @Test
    void counts_once() {
        String token = token(null, name);
        logout(token).then().statusCode(200);
        signOn(laptop, "laptop-again");

        logout(token).then().statusCode(200);

        here(laptop.session());
    }

    @Test
    void is_refused_unless_the_provider_signed_it_for_us() {
        JwtClaims claims = claims("laptop", null);
        claims.unsetClaim("events");
        logout(TestProviders.corp().sign(claims)).then().spec(Api.invalid("logout_token"));
        logout(TestProviders.multi().sign(claims("laptop", null)))
                .then()
                .spec(Api.invalid("logout_token"));
        logout("x").then().spec(Api.invalid("logout_token"));
        RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .post("/api/v1/auth/oidc/corp/backchannel-logout")
                .then()
                .spec(Api.invalid("logout_token"));

        here(laptop.session());
    }

    @Test
    void tells_who_leaves_here_how_to_leave_there() {
        String location =
                Api.bearer(laptop.session())
                        .post("/api/v1/auth/oidc/logout")
                        .then()
                        .statusCode(200)
                        .header("Cache-Control", "no-store")
                        .extract()
                        .path("location");

        var asked = TestProvider.parameters(URI.create(location));
        assertThat(location).startsWith(TestProviders.corp().issuer() + "/logout?ui=1&");
        assertThat(asked)
                .containsEntry("client_id", "drawbridge")
                .containsEntry("post_logout_redirect_uri", "http://127.0.0.1:8082/bye");
        assertThat(asked.get("id_token_hint")).startsWith("eyJ");
        gone(laptop.session());
        here(phone.session());
    }

    @Test
    void ends_a_session_that_began_with_a_password_as_well() {
        var person = TestTenant.fresh().person("eve");

        Api.as(person)
                .post("/api/v1/auth/oidc/logout")
                .then()
                .statusCode(200)
                .body("location", nullValue());

        gone(person.session());
    }

    @Test
    void stores_the_id_token_sealed() {
        assertThat(TestTenant.query("select string_agg(id_token, ' ') from auth.external_session"))
                .matches("k[\\w-]+:[A-Za-z0-9+/= :k-]+")
                .doesNotContain("eyJ");
    }

    private void signOn(Browser browser, String sid) {
        TestProviders.corp().person =
                Map.of("sub", name, "preferred_username", name, "sid", sid + name);
        browser.signOn("corp").then().statusCode(302);
    }

    private static void gone(String session) {
        Api.bearer(session).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    private static void here(String session) {
        Api.bearer(session).get("/api/v1/auth/me").then().statusCode(200);
    }

    private static Response logout(String token) {
        return RestAssured.given()
                .formParam("logout_token", token)
                .post("/api/v1/auth/oidc/corp/backchannel-logout");
    }

    private String token(String sid, String subject) {
        return TestProviders.corp().sign(claims(sid, subject));
    }

    private JwtClaims claims(String sid, String subject) {
        TestProviders.corp().person = Map.of();
        JwtClaims claims = TestProviders.corp().claims(TestProvider.CLIENT);
        claims.setClaim("events", Map.of(EVENT, Map.of()));
        claims.unsetClaim("sub");
        if (subject != null) {
            claims.setSubject(subject);
        }
        if (sid != null) {
            claims.setClaim("sid", sid + name);
        }
        return claims;
    }

    private String bearer(String sid) {
        TestProviders.corp().person = Map.of("sub", name, "sid", sid + name);
        return TestProviders.corp().sign(TestProviders.corp().claims(TestProviders.RESOURCE));
    }
}
