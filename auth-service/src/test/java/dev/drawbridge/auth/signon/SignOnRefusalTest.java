package dev.drawbridge.auth.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class SignOnRefusalTest {
    private static final String CALLBACK = "/api/v1/auth/oidc/corp/callback";
    private static final int ORIGIN = "http://127.0.0.1:8082".length();
    private final Browser browser = new Browser();
    private final Browser stranger = new Browser();

    @BeforeEach
    void reset() {
        TestProviders.corp().reset();
        String name = "bo-" + UUID.randomUUID();
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", name);
    }

    @Test
    void refuses_a_callback_without_the_cookie_and_leaves_the_sign_on_to_its_browser() {
        URI back = browser.authorize(browser.start("corp"));

        stranger.callback(back).then().spec(Api.invalid("state"));
        stranger.start("corp");
        stranger.callback(back).then().spec(Api.invalid("state"));

        browser.callback(back).then().statusCode(302);
    }

    @Test
    void refuses_a_cookie_under_the_name_of_another_sign_on() {
        URI back = browser.authorize(browser.start("corp"));
        String cookie = browser.cookies().keySet().iterator().next();
        stranger.start("corp");
        stranger.cookies().put(cookie, stranger.cookies().values().iterator().next());

        stranger.callback(back).then().spec(Api.invalid("state"));
    }

    @Test
    void refuses_a_state_that_was_used_or_changed_or_is_not_there() {
        URI back = browser.authorize(browser.start("corp"));
        browser.callback(back.toString().replace("state=", "state=x").substring(ORIGIN))
                .then()
                .spec(Api.invalid("state"));
        browser.callback(CALLBACK + "?code=x").then().spec(Api.invalid("state"));
        browser.callback(CALLBACK).then().spec(Api.invalid("state"));
        browser.callback(back).then().statusCode(302);

        browser.cookies().putAll(cookiesOf(back));
        browser.callback(back).then().spec(Api.invalid("state"));
    }

    @RepeatedTest(5)
    void lets_one_of_many_callbacks_with_the_same_state_through() {
        URI back = browser.authorize(browser.start("corp"));

        var statuses =
                AtOnce.of(
                        8,
                        _ -> {
                            var copy = new Browser();
                            copy.cookies().putAll(browser.cookies());
                            return copy.callback(back).statusCode();
                        });

        assertThat(statuses).filteredOn(status -> status == 302).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 400).hasSize(7);
    }

    @Test
    void refuses_a_code_that_was_used() {
        URI first = browser.authorize(browser.start("corp"));
        browser.callback(first).then().statusCode(302);
        String code = TestProvider.parameters(first).get("code");
        URI second = browser.authorize(browser.start("corp"));
        String own = TestProvider.parameters(second).get("code");

        browser.callback(second.toString().replace(own, code).substring(ORIGIN))
                .then()
                .spec(Api.unauthenticated());
    }

    @Test
    void refuses_a_code_of_another_browser() {
        String stolen =
                TestProvider.parameters(browser.authorize(browser.start("corp"))).get("code");
        URI own = stranger.authorize(stranger.start("corp"));

        stranger.callback(
                        own.toString()
                                .replace(TestProvider.parameters(own).get("code"), stolen)
                                .substring(ORIGIN))
                .then()
                .spec(Api.unauthenticated());
    }

    @Test
    void refuses_a_sign_on_that_took_too_long() {
        URI back = browser.authorize(browser.start("corp"));
        TestTenant.run("update auth.sign_on set expires_at = now()");

        browser.callback(back).then().spec(Api.invalid("state"));
    }

    @Test
    void refuses_an_answer_of_another_provider() {
        URI back = browser.authorize(browser.start("corp"));
        browser.callback(back.toString().replace("/corp/", "/multi/").substring(ORIGIN))
                .then()
                .spec(Api.invalid("state"));

        TestProviders.corp().answersAs = "https://evil.example.com";
        browser.signOn("corp").then().spec(Api.unauthenticated());
        TestProviders.corp().answersAs = null;
        browser.signOn("corp").then().spec(Api.unauthenticated());
    }

    @Test
    void says_that_the_provider_refused_and_nothing_that_anybody_could_write() {
        String back = CALLBACK + "?iss=" + TestProviders.corp().issuer() + "&state=";
        browser.callback(back + stateOf(browser.start("corp")) + "&error=access_denied")
                .then()
                .spec(Api.unauthenticated())
                .body("detail", containsString("access_denied"));

        browser.callback(
                        back
                                + stateOf(browser.start("corp"))
                                + "&error=Call%20555&error_description=Call%20555")
                .then()
                .spec(Api.unauthenticated())
                .body("detail", not(containsString("555")));
    }

    @Test
    void refuses_a_parameter_that_stands_there_twice() {
        URI back = browser.authorize(browser.start("corp"));

        browser.callback(back.toString().substring(ORIGIN) + "&code=other")
                .then()
                .spec(Api.invalid("code"));
    }

    @Test
    void says_that_a_provider_is_down() {
        browser.start("down").then().spec(Api.problem(502, "UPSTREAM_ERROR"));
        browser.start("nowhere").then().spec(Api.notFound());
    }

    @Test
    void says_that_a_provider_went_down_in_the_middle_and_lets_nobody_in() {
        URI back = browser.authorize(browser.start("leaving"));
        TestProvider leaving = TestProviders.leaving();
        String bearer = leaving.sign(leaving.claims(TestProviders.RESOURCE));

        leaving.close();

        browser.callback(back).then().spec(Api.problem(502, "UPSTREAM_ERROR"));
        assertThat(browser.session()).isNull();
        browser.callback(back).then().spec(Api.invalid("state"));
        Api.exchange(bearer).then().spec(Api.problem(502, "UPSTREAM_ERROR"));
        Api.bearer(bearer).get("/api/v1/auth/me").then().spec(Api.problem(502, "UPSTREAM_ERROR"));
    }

    static Stream<UnaryOperator<JwtClaims>> tampers() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                claims -> with(claims, "nonce", "other"),
                claims -> with(claims, "aud", "other"),
                claims -> with(claims, "iss", "https://evil.example.com"),
                claims -> with(claims, "azp", "other"),
                claims -> with(claims, "exp", NumericDate.fromSeconds(now - 70).getValue()),
                claims -> with(claims, "iat", NumericDate.fromSeconds(now + 90).getValue()),
                claims -> with(claims, "nbf", NumericDate.fromSeconds(now + 90).getValue()),
                claims -> with(claims, "sub", ""));
    }

    @ParameterizedTest
    @MethodSource("tampers")
    void refuses_an_id_token_that_is_not_in_order(UnaryOperator<JwtClaims> tamper) {
        TestProviders.corp().tamper = tamper;

        browser.signOn("corp").then().spec(Api.unauthenticated());

        assertThat(browser.session()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example.com",
                "/\\evil.example.com",
                "https://evil.example.com/",
                "https://chat.example.com.evil.example.com/",
                "https://chat.example.com@evil.example.com/",
                "https://evil@chat.example.com/",
                "http://chat.example.com/",
                "https:/chat.example.com/",
                "javascript:alert(1)",
                "chat",
                "/a b",
                "/a\tb",
                "/é"
            })
    void sends_nobody_elsewhere(String target) {
        browser.start("corp", target).then().spec(Api.invalid("redirect"));
    }

    private static JwtClaims with(JwtClaims claims, String name, Object value) {
        claims.setClaim(name, value);
        return claims;
    }

    private static String stateOf(io.restassured.response.Response started) {
        return TestProvider.parameters(URI.create(started.header("Location"))).get("state");
    }

    /// As if the browser had not been told to forget them.
    private static Map<String, String> cookiesOf(URI back) {
        String state = TestProvider.parameters(back).get("state");
        return Map.of(Addresses.cookieName(state), BrowserSecret.generate().cookie());
    }
}
