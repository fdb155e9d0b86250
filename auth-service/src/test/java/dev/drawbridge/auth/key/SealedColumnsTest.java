package dev.drawbridge.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.secondfactor.Authenticator;
import dev.drawbridge.auth.signon.Browser;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The data key rotates, and everything that was sealed under the old one works without it.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class SealedColumnsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.superuser("kim");
    private final Path file =
            ConfigProvider.getConfig().getValue("drawbridge.data-key.file", Path.class);

    @Test
    void are_sealed_anew_and_open_without_the_old_key() throws IOException {
        var phone = Authenticator.enrol(kim);
        String jwt = Api.exchange(kim.session()).then().extract().path("access_token");
        Response made = group("made once");
        var browser = signOn();
        String old = Files.readString(file);
        String id = "k" + UUID.randomUUID();

        replace(line(id) + old);
        Awaitility.await("everything under the new key")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(keys()).isEqualTo(id));
        replace(Files.readString(file).lines().findFirst().orElseThrow());
        Awaitility.await("the old key to be gone")
                .atMost(SOON)
                .untilAsserted(() ->
                        management("/q/data-keys").then().body("keys.id", equalTo(List.of(id))));

        login(phone.unusedCode()).then().statusCode(200);
        group("made once").then().statusCode(201).body("id", equalTo(made.path("id")));
        group("another").then().spec(Api.conflict());
        Api.bearer(browser.session())
                .post("/api/v1/auth/oidc/logout")
                .then()
                .statusCode(200)
                .body("location", containsString("id_token_hint=ey"));
        Api.bearer(jwt).get("/api/v1/auth/me").then().statusCode(200);
        Api.exchange(kim.session()).then().statusCode(200);
    }

    @Test
    void are_told_with_the_keys_that_they_need() throws IOException {
        Authenticator.enrol(kim);
        String sealing = sealing();
        replace(Files.readString(file) + "\n" + line("spare-" + tenant.id()));

        Awaitility.await("the spare key to be known")
                .atMost(SOON)
                .untilAsserted(() ->
                        management("/q/data-keys")
                                .then()
                                .statusCode(200)
                                .body("replicas[0].seals", equalTo(sealing))
                                .body("replicas[0].knows[-1]", equalTo("spare-" + tenant.id()))
                                .body("keys[0].id", equalTo(sealing))
                                .body("keys[0].needed", equalTo(true))
                                .body("keys[0].why", equalTo("It seals."))
                                .body("keys[0].secrets.signing_key", not(equalTo(0)))
                                .body("keys[0].secrets.second_factor", not(equalTo(0)))
                                .body("keys[0].secrets.audit_seal", not(equalTo(0)))
                                .body("keys[-1].needed", equalTo(false))
                                .body("keys[-1].secrets", equalTo(Map.of())));
        assertThat(management("/q/metrics").asString())
                .contains(
                        "drawbridge_data_key_secrets{key=\"%s\",kind=\"signing_key\"}"
                                .formatted(sealing));
    }

    @Test
    void keep_their_keys_while_the_file_is_broken_and_health_says_so() throws IOException {
        String good = Files.readString(file);
        management("/q/health/well").then().statusCode(200);

        replace("k1:broken\n");
        Awaitility.await("health to tell")
                .atMost(SOON)
                .untilAsserted(() ->
                        management("/q/health/well")
                                .then()
                                .statusCode(503)
                                .body(
                                        "checks.find { it.name == 'data-keys' }.data",
                                        hasEntry("code", "DATA_KEY_INVALID")));
        management("/q/health/ready").then().statusCode(200);
        management("/q/data-keys").then().body("code", equalTo("DATA_KEY_INVALID"));
        Authenticator.enrol(kim);

        replace(good);
        Awaitility.await("health to be well")
                .atMost(SOON)
                .until(() -> management("/q/health/well").statusCode() == 200);
    }

    @Test
    void are_told_when_they_name_a_key_that_nobody_has() throws IOException {
        Authenticator.enrol(kim);
        String sealing = sealing();
        String good = Files.readString(file);
        name(sealing, "lost");
        // Another file has everything counted at once, and not within a minute.
        replace(good + "\n" + line("one-more"));
        Awaitility.await("health to tell")
                .atMost(SOON)
                .untilAsserted(() ->
                        management("/q/health/well")
                                .then()
                                .body(
                                        "checks.find { it.name == 'data-keys' }.data",
                                        hasEntry("code", "DATA_KEY_MISSING")));
        management("/q/data-keys")
                .then()
                .body("detail", containsString("lost"))
                .body("keys[-1].id", equalTo("lost"))
                .body("keys[-1].listed", equalTo(false))
                .body("keys[-1].secrets", equalTo(Map.of("second_factor", 1)));

        name("lost", sealing);
        replace(good);
        Awaitility.await("health to be well")
                .atMost(SOON)
                .until(() -> management("/q/health/well").statusCode() == 200);
    }

    private void name(String before, String after) {
        TestTenant.run(
                "update auth.second_factor set secret = ? || substr(secret, ?) where user_id = ?",
                after,
                before.length() + 1,
                kim.id());
    }

    /// Of all that is stored, as the datastore has it.
    private static String keys() {
        return TestTenant.query(
                """
                select string_agg(distinct split_part(sealed, ':', 1), ',')
                  from (select private_key as sealed from auth.signing_key
                        union all select secret from auth.second_factor
                        union all select request from auth.idempotency
                        union all select id_token from auth.external_session
                        union all select seal from auth.audit_chain) s
                """);
    }

    private static String sealing() {
        return management("/q/data-keys").path("keys[0].id");
    }

    private Response group(String name) {
        return Api.as(kim)
                .header("Idempotency-Key", "once")
                .body("{\"name\": \"" + name + "\"}")
                .post("/api/v1/groups");
    }

    private static Browser signOn() {
        TestProviders.corp().reset();
        String name = "ann-" + UUID.randomUUID();
        TestProviders.corp().person = Map.of("sub", name, "preferred_username", name);
        var browser = new Browser();
        browser.signOn("corp").then().statusCode(302);
        return browser;
    }

    private Response login(String otp) {
        return Api.anyone()
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s", "otp": "%s"}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD, otp))
                .post("/api/v1/auth/login");
    }

    private static String line(String id) {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key) + "\n";
    }

    private void replace(String lines) throws IOException {
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), lines);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Response management(String path) {
        int port =
                ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return RestAssured.given().port(port).get(path);
    }
}
