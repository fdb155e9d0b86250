package dev.drawbridge.auth.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.secondfactor.Authenticator;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a real SMTP server.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class PasswordResetTest {
    private static final String FORGOT = "/api/v1/auth/password/forgot";
    private static final String RESET = "/api/v1/auth/password/reset";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");
    private final String address = "kim@" + tenant.id() + ".example";

    MailServer mail;

    @BeforeEach
    void verify() {
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                address,
                address,
                kim.id());
    }

    @Test
    void sets_a_new_password_by_a_link_in_a_letter_and_ends_all_sessions() {
        String token = link();

        reset(token, "green tea at five").then().statusCode(204);

        Api.login(tenant.id(), "kim", "green tea at five").then().statusCode(200);
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
        Api.as(kim).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        reset(token, "another tea at six").then().spec(Api.invalid("token"));
    }

    @Test
    void answers_alike_whoever_has_the_address() {
        String known = forgot(address, tenant.id());
        String unknown = forgot("nobody@" + tenant.id() + ".example", tenant.id());
        String foreign = forgot(address, TestTenant.fresh().id());
        String noTenant = forgot(address, "no such tenant");

        assertThat(known).isEqualTo(unknown).isEqualTo(foreign).isEqualTo(noTenant);
        mail.letterTo(address);
        assertThat(mail.to("nobody@" + tenant.id() + ".example")).isEmpty();
        assertThat(mail.to(address)).hasSize(1);
    }

    @Test
    void sends_nothing_to_who_is_disabled_or_has_no_password_here() {
        Person lee = tenant.person("lee");
        TestTenant.run(
                "update auth.users set email = 'lee@x.example', email_key = 'lee@x.example',"
                        + " password_hash = null where id = ?",
                lee.id());
        TestTenant.run("update auth.users set enabled = false where id = ?", kim.id());

        forgot(address, tenant.id());
        forgot("lee@x.example", tenant.id());
        Person max = tenant.person("max");
        String last = "max@" + tenant.id() + ".example";
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                last,
                last,
                max.id());
        forgot(last, tenant.id());

        mail.letterTo(last);
        assertThat(mail.to(address)).isEmpty();
        assertThat(mail.to("lee@x.example")).isEmpty();
    }

    @Test
    void fills_nobodys_mailbox() {
        for (int i = 0; i < 10; i++) {
            forgot(address, tenant.id());
        }
        Person max = tenant.person("max");
        String last = "max@" + tenant.id() + ".example";
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                last,
                last,
                max.id());
        forgot(last, tenant.id());
        mail.letterTo(last);

        assertThat(mail.to(address)).hasSizeBetween(1, 4);
    }

    @Test
    void has_the_secret_of_its_link_in_the_fragment() {
        forgot(address, tenant.id());

        assertThat(MailServer.page(mail.letterTo(address)))
                .isEqualTo("https://bridge.example/account/password-reset");
    }

    @Test
    void holds_a_new_password_to_the_policy_and_lets_one_try_again() {
        String token = link();

        reset(token, "password123456").then().spec(Api.invalid("newPassword"));
        reset(token, address).then().spec(Api.invalid("newPassword"));

        reset(token, "green tea at five").then().statusCode(204);
    }

    @Test
    void is_no_way_round_the_second_factor() {
        Authenticator.enrol(kim);

        reset(link(), "green tea at five").then().statusCode(204);

        Api.login(tenant.id(), "kim", "green tea at five")
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));
    }

    @Test
    void ends_a_lock_that_guesses_put_on_the_account() {
        for (int i = 0; i < 11; i++) {
            Api.login(tenant.id(), "kim", "x".repeat(73));
        }
        Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().statusCode(429);

        reset(link(), "green tea at five").then().statusCode(204);

        Api.login(tenant.id(), "kim", "green tea at five").then().statusCode(200);
    }

    @Test
    void makes_earlier_links_useless() {
        String token = link();
        TestTenant.run(
                "insert into auth.one_time_link (tenant_id, id, purpose, sha256, user_id, expires_at)"
                        + " select tenant_id, gen_random_uuid(), purpose, sha256('x'), user_id,"
                        + " expires_at from auth.one_time_link where tenant_id = ?",
                tenant.id());

        reset(token, "green tea at five").then().statusCode(204);

        assertThat(links()).isEqualTo("0");
    }

    @Test
    void is_sent_for_an_administrator_who_holds_as_much_and_does_not_see_the_link() {
        Person strong = tenant.holding("strong", "connection:7", "write");
        Person delegate = tenant.holding("delegate", "admin:users", "admin");
        Person root = tenant.superuser("root");

        byAdmin(delegate, strong).then().spec(Api.forbidden());
        byAdmin(delegate, root).then().spec(Api.forbidden());
        byAdmin(tenant.person("nobody"), kim).then().spec(Api.forbidden());
        byAdmin(TestTenant.fresh().superuser("root"), kim).then().spec(Api.notFound());
        byAdmin(delegate, kim)
                .then()
                .statusCode(200)
                .body("sent", equalTo(true))
                .body("link", nullValue());

        reset(MailServer.token(mail.letterTo(address)), "green tea at five").then().statusCode(204);
    }

    @Test
    void gives_an_administrator_the_link_for_who_has_no_address() {
        Person root = tenant.superuser("root");
        String link =
                byAdmin(root, tenant.person("lee"))
                        .then()
                        .statusCode(200)
                        .body("sent", equalTo(false))
                        .extract()
                        .path("link");

        reset(MailServer.token(link), "green tea at five").then().statusCode(204);

        Api.login(tenant.id(), "lee", "green tea at five").then().statusCode(200);
    }

    @Test
    void leaves_no_link_of_a_letter_that_the_mail_server_refused() {
        String refused = MailServer.REFUSED + "@" + tenant.id() + ".example";
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                refused,
                refused,
                kim.id());

        Person root = tenant.superuser("root");

        byAdmin(root, kim).then().spec(Api.problem(502, "UPSTREAM_ERROR"));

        assertThat(links()).isEqualTo("0");
        recordedLinks(root).body("items.outcome", contains("UPSTREAM_ERROR", "OK"));
    }

    @Test
    void is_not_on_record_when_its_link_could_not_be_made() {
        Person root = tenant.superuser("root");
        TestTenant.run(
                "alter table auth.one_time_link add constraint no_more check (false) not valid");
        try {
            byAdmin(root, kim).then().statusCode(500);
        } finally {
            TestTenant.run("alter table auth.one_time_link drop constraint no_more");
        }

        recordedLinks(root).body("items", empty());
    }

    private static ValidatableResponse recordedLinks(Person reader) {
        return Api.as(reader)
                .get("/api/v1/audit?action=password.reset-link")
                .then()
                .statusCode(200);
    }

    private String links() {
        return TestTenant.query(
                "select count(*) from auth.one_time_link where tenant_id = ?", tenant.id());
    }

    private String link() {
        forgot(address, tenant.id());
        return MailServer.token(mail.letterTo(address));
    }

    private static String forgot(String email, String tenant) {
        return Api.anyone()
                .body("{\"email\": \"%s\", \"tenant\": \"%s\"}".formatted(email, tenant))
                .post(FORGOT)
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    private static Response reset(String token, String password) {
        return Api.anyone()
                .body("{\"token\": \"%s\", \"newPassword\": \"%s\"}".formatted(token, password))
                .post(RESET);
    }

    private static Response byAdmin(Person admin, Person whose) {
        return Api.as(admin).post("/api/v1/users/" + whose.id() + "/password-reset");
    }
}
