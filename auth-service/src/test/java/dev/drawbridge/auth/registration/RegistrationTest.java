package dev.drawbridge.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;

/// With a real SMTP server, and switched on.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class RegistrationTest {
    private static final String REGISTRATION = "/api/v1/auth/registration";

    private final TestTenant tenant = TestTenant.fresh();
    private final String address = "lee@" + tenant.id() + ".example";

    MailServer mail;

    @Test
    void makes_someone_who_may_nothing_yet_by_a_link_in_a_letter() {
        ask(address);
        String token = MailServer.token(mail.letterTo(address));

        complete(token, "lee")
                .then()
                .statusCode(201)
                .body("email", equalTo(address))
                .body("superuser", equalTo(false));

        String session =
                Api.login(tenant.id(), "lee", "green tea at five").then().extract().path("token");
        Api.bearer(session).get("/api/v1/auth/me").then().body("groups", empty());
        complete(token, "max").then().spec(Api.invalid("token"));
    }

    @Test
    void answers_alike_where_there_is_an_account_and_tells_the_mailbox() {
        Person kim = tenant.person("kim");
        String known = "kim@" + tenant.id() + ".example";
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                known,
                known,
                kim.id());

        assertThat(ask(known)).isEqualTo(ask(address));

        assertThat(mail.letterTo(known)).contains("There is one already").doesNotContain("dbl_");
        assertThat(mail.letterTo(address)).contains("dbl_");
    }

    @Test
    void holds_to_policy_and_names() {
        ask(address);
        String token = MailServer.token(mail.letterTo(address));
        tenant.person("kim");

        complete(token, "kim").then().spec(Api.conflict());
        Api.anyone()
                .body("{\"token\": \"%s\", \"username\": \"lee\"}".formatted(token))
                .post(REGISTRATION + "/complete")
                .then()
                .spec(Api.invalid("password"));
        complete(token, "lee").then().statusCode(201);
    }

    @Test
    void is_for_addresses() {
        Api.anyone()
                .body("{\"email\": \"lee\"}")
                .post(REGISTRATION)
                .then()
                .spec(Api.invalid("email"));
    }

    private String ask(String email) {
        return Api.anyone()
                .body("{\"email\": \"%s\", \"tenant\": \"%s\"}".formatted(email, tenant.id()))
                .post(REGISTRATION)
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    private static Response complete(String token, String username) {
        return Api.anyone()
                .body(
                        """
                        {"token": "%s", "username": "%s", "password": "green tea at five"}
                        """
                                .formatted(token, username))
                .post(REGISTRATION + "/complete");
    }
}
