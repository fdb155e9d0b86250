package dev.drawbridge.auth.reset;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A link that is on its way when a password or an address changes: whoever has it must not be the
/// one who changes it last.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class EarlierLinkTest {
    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");
    private final Person kim = tenant.person("kim");
    private final String user = "/api/v1/users/" + kim.id();
    private String reset;
    private String email;

    @BeforeEach
    void sendLinks() {
        reset = resetLink();
        email = emailLink();
    }

    @Test
    void ends_when_the_owner_changes_the_password() {
        Api.as(kim)
                .body(
                        "{\"currentPassword\": \"%s\", \"newPassword\": \"green tea at five\"}"
                                .formatted(TestTenant.PASSWORD))
                .put("/api/v1/auth/password")
                .then()
                .statusCode(204);

        requireEnded();
    }

    @Test
    void ends_when_an_administrator_changes_the_password() {
        change("{\"password\": \"green tea at five\"}");

        requireEnded();
    }

    @Test
    void ends_when_an_administrator_changes_the_address() {
        change("{\"email\": \"kim@%s.example\"}".formatted(tenant.id()));

        requireEnded();
    }

    @Test
    void goes_on_when_something_else_changes() {
        change("{\"displayName\": \"Kim\"}");

        useReset().then().statusCode(204);
    }

    @Test
    void ends_when_another_link_sets_the_password() {
        useReset().then().statusCode(204);

        useEmail().then().spec(Api.invalid("token"));
    }

    private void requireEnded() {
        useReset().then().spec(Api.invalid("token"));
        useEmail().then().spec(Api.invalid("token"));
    }

    private void change(String body) {
        Api.as(root).header("If-Match", "*").body(body).patch(user).then().statusCode(200);
    }

    private Response useReset() {
        return Api.anyone()
                .body("{\"token\": \"%s\", \"newPassword\": \"black tea at six\"}".formatted(reset))
                .post("/api/v1/auth/password/reset");
    }

    private Response useEmail() {
        return Api.anyone()
                .body("{\"token\": \"%s\"}".formatted(email))
                .post("/api/v1/auth/email/confirm");
    }

    private String resetLink() {
        String link = Api.as(root).post(user + "/password-reset").then().extract().path("link");
        return link.substring(link.indexOf("dbl_"));
    }

    /// As if it had been sent: there is no mail server here.
    private String emailLink() {
        String token = "dbl_" + "e".repeat(43);
        TestTenant.run("delete from auth.one_time_link where sha256 = sha256(?::bytea)", token);
        TestTenant.run(
                "insert into auth.one_time_link"
                        + " (tenant_id, id, purpose, sha256, user_id, email, expires_at)"
                        + " values (?, gen_random_uuid(), 'email', sha256(?::bytea), ?, ?,"
                        + " now() + interval '1 hour')",
                tenant.id(),
                token,
                kim.id(),
                "elsewhere@" + tenant.id() + ".example");
        return token;
    }
}
