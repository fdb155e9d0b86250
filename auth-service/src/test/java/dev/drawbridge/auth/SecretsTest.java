package dev.drawbridge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;
import dev.drawbridge.auth.secondfactor.Authenticator;
import dev.drawbridge.auth.signon.Browser;
import dev.drawbridge.auth.signon.TestProviders;
import dev.drawbridge.sql.SecretBox;
import dev.drawbridge.testkit.LogReader;
import dev.drawbridge.testkit.Secrets;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Uses every secret there is, rightly and wrongly, and then looks for each of them in all that was
/// logged and answered, and in all tables. The list of them is filled by those who hand them out.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class SecretsTest {
    private static final String ME = "/api/v1/auth/me";
    private static final String USERS = "/api/v1/users";
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String PASSWORD = "zebra-crossing-417";

    @Inject SecretBox box;

    MailServer mail;

    private final Secrets secrets = Secrets.ofThisRun();
    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");
    private final Answers answers = new Answers();
    private LogReader log;

    @BeforeEach
    void listen() {
        secrets.add(PASSWORD);
        log = LogReader.of("dev.drawbridge");
        RestAssured.filters(answers);
        String name = "eve-" + UUID.randomUUID();
        TestProviders.corp().reset();
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", name);
    }

    @AfterEach
    void none_is_in_a_log_in_an_answer_or_in_a_table() {
        RestAssured.replaceFiltersWith(List.of());
        log.close();
        assertThat(log.lines()).isNotEmpty();
        assertThat(answers.seen()).isNotEmpty();
        assertThat(log.lines()).allSatisfy(line -> assertThat(secrets.in(line)).as(line).isEmpty());
        assertThat(answers.seen())
                .allSatisfy(answer -> assertThat(secrets.in(answer)).as(answer).isEmpty());
        String tables = Tables.content();
        assertThat(tables).contains(admin.id().toString(), "auth.audit_record");
        assertThat(secrets.in(tables)).isEmpty();
    }

    @Test
    void passwords_are_shown_nowhere() {
        String user = "{\"username\": \"lee\", \"password\": \"" + PASSWORD + "\"";
        as().header("Idempotency-Key", "k").body(user + "}").post(USERS).then().statusCode(201);

        as().body(user + "}").post(USERS).then().spec(Api.conflict());
        as().body(user).post(USERS).then().statusCode(400);
        as().body(user + ", \"x\": 1}").post(USERS).then().statusCode(400);
        as().body("\"" + PASSWORD + "\"").post(USERS).then().statusCode(400);
        as().body(user + ", \"enabled\": \"" + PASSWORD + "\"}").post(USERS).then().statusCode(400);
        Api.login(tenant.id(), "root", PASSWORD).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), PASSWORD, PASSWORD).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "root", TestTenant.PASSWORD).then().statusCode(200);
        String session = Api.login(tenant.id(), "lee", PASSWORD).path("token");
        Api.bearer(session)
                .body(
                        "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}"
                                .formatted(PASSWORD, secrets.add("green tea at five")))
                .put("/api/v1/auth/password")
                .then()
                .statusCode(204);
    }

    @Test
    void credentials_are_shown_once() {
        String key = Api.newToken(admin, "\"type\": \"service_role\"");
        String token = Api.newToken(admin, "");
        String jwt = Api.exchange(token).then().statusCode(200).extract().path("access_token");
        Api.exchangeFrom(key, "10.7.0.9").then().statusCode(200);
        Api.exchangeFrom(key, "10.8.0.9").then().spec(Api.unauthenticated());
        as().get("/api/v1/auth/tokens").then().statusCode(200);
        as().get("/api/v1/auth/sessions").then().statusCode(200);

        for (String secret : List.of(admin.session(), token, jwt, key)) {
            Api.bearer(secret).get(ME).then().statusCode(200);
            Api.bearer(secret + "x").get(ME).then().spec(Api.unauthenticated());
            RestAssured.given()
                    .cookie(Browser.SESSION, secret + "x")
                    .get(ME)
                    .then()
                    .spec(Api.unauthenticated());
            Api.exchange(secret + "x").then().spec(Api.unauthenticated());
            Api.bearer(secret).delete(USERS + "/" + secret).then().spec(Api.notFound());
            RestAssured.given()
                    .formParam("subject_token", secret)
                    .post("/api/v1/auth/exchange")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void keys_are_shown_nowhere() {
        as().post("/api/v1/auth/keys/rotate").then().spec(Api.forbidden());
        Person operator = TestTenant.named("default").superuser("root-" + tenant.id());
        Api.as(operator).post("/api/v1/auth/keys/rotate").then().statusCode(200);

        as().get("/api/v1/auth/jwks").then().statusCode(200);
        assertThat(log.lines()).anyMatch(line -> line.contains("signs from"));
        TestTenant.query("select string_agg(kid || ' ' || private_key, ';') from auth.signing_key")
                .lines()
                .flatMap(all -> List.of(all.split(";")).stream())
                .map(key -> key.split(" ", 2))
                .map(key -> box.open("signing-key:" + key[0], key[1]))
                .map(jwk -> new JsonObject(new String(jwk, StandardCharsets.UTF_8)))
                .forEach(jwk -> secrets.add(jwk.getString("d")));
    }

    @Test
    void second_factors_are_shown_once() {
        Person kim = tenant.person("kim");
        var phone = Authenticator.enrol(kim);
        String recovery = phone.recoveryCodes().getFirst();

        as().get("/api/v1/auth/me").then().statusCode(200);
        otp(recovery).then().statusCode(200);
        otp(recovery).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        otp(phone.recoveryCodes().getLast() + "x").then().statusCode(401);
        String code = phone.unusedCode();
        otp(code).then().statusCode(200);
        otp(code).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
        as().body("{\"otp\": [\"" + code + "\"]}").post(LOGIN).then().statusCode(400);
        as().body("{\"otp\": [\"" + recovery + "\"]}").post(LOGIN).then().statusCode(400);
        Api.as(kim).get("/api/v1/auth/second-factor").then().statusCode(200);
        Api.as(kim).post("/api/v1/auth/second-factor/recovery-codes").then().statusCode(200);
        as().delete(USERS + "/" + kim.id() + "/second-factor").then().statusCode(204);
    }

    @Test
    void links_are_sent_and_shown_nowhere() {
        Person kim = tenant.person("kim");
        String address = "kim@" + tenant.id() + ".example";
        Api.as(kim)
                .header("If-Match", "*")
                .body("{\"email\": \"" + address + "\"}")
                .patch("/api/v1/auth/profile")
                .then()
                .statusCode(200);
        use(mail.nextToken(address), "/api/v1/auth/email/confirm", "", 204);

        String forgotten = "{\"tenant\": \"%s\", \"email\": \"%s\"}";
        Api.anyone()
                .body(forgotten.formatted(tenant.id(), address))
                .post("/api/v1/auth/password/forgot")
                .then()
                .statusCode(202);
        use(
                mail.nextToken(address),
                "/api/v1/auth/password/reset",
                ", \"newPassword\": \"" + PASSWORD + "\"",
                204);

        String lee = "lee@" + tenant.id() + ".example";
        Api.anyone()
                .body(forgotten.formatted(tenant.id(), lee))
                .post("/api/v1/auth/registration")
                .then()
                .statusCode(202);
        use(mail.nextToken(lee), "/api/v1/auth/registration/complete", account("lee"), 201);

        String max = "max@" + tenant.id() + ".example";
        as().body("{\"email\": \"" + max + "\"}")
                .post("/api/v1/invitations")
                .then()
                .statusCode(201);
        use(mail.nextToken(max), "/api/v1/auth/invitations/accept", account("max"), 201);
    }

    @Test
    void sign_ons_show_nothing() {
        var browser = new Browser();
        URI back = browser.authorize(browser.start("corp"));
        new Browser().callback(back).then().spec(Api.invalid("state"));
        browser.callback(back).then().statusCode(302);
        browser.callback(back).then().spec(Api.invalid("state"));
        Api.bearer(browser.session()).get(ME).then().statusCode(200);

        String code = TestProvider.parameters(back).get("code");
        URI second = browser.authorize(browser.start("corp"));
        String used = second.getRawQuery().replaceFirst("code=[^&]+", "code=" + code);
        browser.callback(second.getRawPath() + "?" + used).then().spec(Api.unauthenticated());
        TestProviders.corp().tamper =
                claims -> {
                    claims.setExpirationTime(NumericDate.fromSeconds(1));
                    return claims;
                };
        browser.signOn("corp").then().spec(Api.unauthenticated());
        Api.bearer(browser.session()).post("/api/v1/auth/oidc/logout").then().statusCode(200);
    }

    @Test
    void tokens_of_a_provider_are_shown_nowhere() {
        var corp = TestProviders.corp();
        String bearer = corp.sign(corp.claims(TestProviders.RESOURCE));
        Api.bearer(bearer).get(ME).then().statusCode(200);
        Api.exchange(bearer).then().statusCode(200);
        Api.exchange(bearer + "x").then().spec(Api.unauthenticated());
        Api.bearer(corp.sign(corp.claims("elsewhere"))).get(ME).then().spec(Api.unauthenticated());
        RestAssured.given()
                .formParam("logout_token", bearer)
                .post("/api/v1/auth/oidc/corp/backchannel-logout")
                .then()
                .spec(Api.invalid("logout_token"));
    }

    /// Uses what was sent wrongly, rightly, and again.
    private void use(String token, String path, String more, int status) {
        String body = "{\"token\": \"" + token + "\"" + more;
        Api.anyone().body(body).post(path).then().statusCode(400);
        Api.anyone().body(body + ", \"x\": 1}").post(path).then().spec(Api.invalid("x"));
        Api.bearer(token).get(ME).then().spec(Api.unauthenticated());
        Api.anyone().body(body + "}").post(path).then().statusCode(status);
        Api.anyone().body(body + "}").post(path).then().spec(Api.invalid("token"));
    }

    private static String account(String username) {
        return ", \"username\": \"%s\", \"password\": \"%s\"".formatted(username, PASSWORD);
    }

    private RequestSpecification as() {
        return Api.as(admin);
    }

    private Response otp(String otp) {
        return Api.anyone()
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s", "otp": "%s"}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD, otp))
                .post(LOGIN);
    }
}
