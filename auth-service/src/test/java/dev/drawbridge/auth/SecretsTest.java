package dev.drawbridge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.secondfactor.Authenticator;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Uses every secret there is, rightly and wrongly, and reads what was logged and answered.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class SecretsTest {
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String PASSWORD = "zebra-crossing-417";

    private final List<String> answered = new ArrayList<>();
    private LogReader log;

    @BeforeEach
    void read() {
        log = LogReader.start();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void are_in_no_log_and_in_no_refusal() {
        TestTenant tenant = TestTenant.fresh();
        Person admin = tenant.superuser("root");
        String user = "{\"username\": \"lee\", \"password\": \"" + PASSWORD + "\"";
        Api.as(admin).header("Idempotency-Key", "k").body(user + "}").post("/api/v1/users");
        String session = session(tenant);
        String token = Api.newToken(admin, "");
        String jwt = Api.exchange(token).then().extract().path("access_token");

        refuse(Api.as(admin).body(user + "}").post("/api/v1/users").asString());
        refuse(Api.as(admin).body(user).post("/api/v1/users").asString());
        refuse(Api.as(admin).body(user + ", \"x\": 1}").post("/api/v1/users").asString());
        refuse(Api.as(admin).body("\"" + PASSWORD + "\"").post("/api/v1/users").asString());
        refuse(
                Api.as(admin)
                        .body(user + ", \"enabled\": \"" + PASSWORD + "\"}")
                        .post("/api/v1/users")
                        .asString());
        refuse(Api.login(tenant.id(), "root", PASSWORD).asString());
        refuse(Api.login(tenant.id(), PASSWORD, PASSWORD).asString());
        for (String secret : List.of(session, token, jwt)) {
            refuse(Api.bearer(secret + "x").get("/api/v1/auth/me").asString());
            refuse(Api.exchange(secret + "x").asString());
            refuse(Api.bearer(secret).delete("/api/v1/users/" + secret).asString());
            var form = RestAssured.given().formParam("subject_token", secret);
            refuse(form.post("/api/v1/auth/exchange").asString());
        }

        List<String> secrets = List.of(PASSWORD, secretPart(session), secretPart(token), jwt);
        refuse(Api.as(admin).post("/api/v1/auth/keys/rotate").asString());
        Person operator = TestTenant.named("default").superuser("root-" + tenant.id());
        Api.as(operator).post("/api/v1/auth/keys/rotate").then().statusCode(200);
        assertThat(log.lines()).anyMatch(line -> line.contains("signs from"));
        assertThat(log.lines())
                .filteredOn(line -> secrets.stream().anyMatch(line::contains))
                .isEmpty();
        assertThat(String.join("\n", answered)).doesNotContain(secrets);
    }

    @Test
    void of_second_factors_and_links_are_in_no_log_and_in_no_refusal() {
        TestTenant tenant = TestTenant.fresh();
        Person admin = tenant.superuser("root");
        var phone = Authenticator.enrol(tenant.person("kim"));
        String recovery = phone.recoveryCodes().getFirst();
        String link = Api.as(admin).body("{}").post("/api/v1/invitations").path("link");
        String secret = link.substring(link.indexOf("dbl_"));

        String accept = "{\"token\": \"" + secret + "\", \"username\": \"lee\", \"password\": \"";
        String accepted = "/api/v1/auth/invitations/accept";
        refuse(Api.anyone().body(accept + "password1234\"}").post(accepted).asString());
        refuse(Api.anyone().body(accept).post(accepted).asString());
        refuse(Api.anyone().body(accept + "x\", \"y\": 1}").post(accepted).asString());
        refuse(Api.bearer(secret).get("/api/v1/auth/me").asString());
        refuse(login(tenant, recovery + "x"));
        refuse(Api.as(admin).body("{\"otp\": [\"" + recovery + "\"]}").post(LOGIN).asString());
        Api.anyone().body(accept + PASSWORD + "\"}").post(accepted).then().statusCode(201);
        refuse(Api.anyone().body(accept + PASSWORD + "\"}").post(accepted).asString());

        List<String> secrets = List.of(secret, recovery, PASSWORD, "password1234");
        assertThat(log.lines())
                .filteredOn(line -> secrets.stream().anyMatch(line::contains))
                .isEmpty();
        assertThat(String.join("\n", answered)).doesNotContain(secrets);
    }

    private static String login(TestTenant tenant, String otp) {
        return Api.anyone()
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s", "otp": "%s"}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD, otp))
                .post(LOGIN)
                .asString();
    }

    private static String session(TestTenant tenant) {
        return Api.login(tenant.id(), "lee", PASSWORD)
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    private void refuse(String answer) {
        assertThat(answer).contains("\"code\"");
        answered.add(answer);
    }

    private static String secretPart(String credential) {
        return credential.substring(4, 30);
    }
}
