package dev.drawbridge.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

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

/// With a real SMTP server.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class ProfileTest {
    private static final String PROFILE = "/api/v1/auth/profile";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");
    private final String address = "kim@" + tenant.id() + ".example";

    MailServer mail;

    @Test
    void is_read_and_changed_by_whose_it_is() {
        Api.as(kim).get(PROFILE).then().statusCode(200).header("ETag", "\"1\"");

        change(
                        "\"1\"",
                        "{\"displayName\": \"Kim Novak\", \"metadata\": {\"theme\": {\"dark\": true}}}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");

        Api.as(kim)
                .get(PROFILE)
                .then()
                .body("displayName", equalTo("Kim Novak"))
                .body("metadata.theme.dark", equalTo(true))
                .body("username", equalTo("kim"));
        change("\"1\"", "{\"displayName\": \"Lost\"}").then().statusCode(412);
    }

    @Test
    void has_a_new_address_once_the_link_that_was_sent_there_came_back() {
        change("*", "{\"email\": \"" + address + "\"}").then().statusCode(200);
        String token = MailServer.token(mail.letterTo(address));
        Api.as(kim)
                .get(PROFILE)
                .then()
                .body("email", nullValue())
                .body("pendingEmail", equalTo(address));

        confirm(token).then().statusCode(204);

        Api.as(kim)
                .get(PROFILE)
                .then()
                .body("email", equalTo(address))
                .body("pendingEmail", nullValue());
        confirm(token).then().spec(Api.invalid("token"));
    }

    @Test
    void tells_the_old_address_of_a_new_one() {
        String old = "old@" + tenant.id() + ".example";
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?", old, old, kim.id());

        change("*", "{\"email\": \"" + address + "\"}").then().statusCode(200);
        confirm(MailServer.token(mail.letterTo(address))).then().statusCode(204);

        assertThat(mail.letterTo(old)).contains("another address now");
    }

    @Test
    void tells_an_address_and_not_who_asks_that_it_is_someone_elses() {
        Person lee = tenant.person("lee");
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                address,
                address,
                lee.id());

        change("*", "{\"email\": \"" + address + "\"}").then().statusCode(200);

        assertThat(mail.letterTo(address)).contains("It is yours already").doesNotContain("dbl_");
    }

    @Test
    void waits_for_an_address_whether_or_not_it_is_someone_elses() {
        Person lee = tenant.person("lee");
        TestTenant.run(
                "update auth.users set email = ?, email_key = ? where id = ?",
                address,
                address,
                lee.id());

        for (String wanted : new String[] {"free@" + tenant.id() + ".example", address}) {
            change("*", "{\"email\": \"" + wanted + "\"}")
                    .then()
                    .statusCode(200)
                    .body("pendingEmail", equalTo(wanted));
            mail.letterTo(wanted);
            Api.as(kim).get(PROFILE).then().body("pendingEmail", equalTo(wanted));
        }
    }

    @Test
    void fills_nobodys_mailbox_and_keeps_the_last_link_that_was_sent() {
        for (int i = 0; i < 10; i++) {
            change("*", "{\"email\": \"" + address + "\"}").then().statusCode(200);
        }
        String last = "last@" + tenant.id() + ".example";
        Person lee = tenant.person("lee");
        Api.as(lee)
                .header("If-Match", "*")
                .body("{\"email\": \"" + last + "\"}")
                .patch(PROFILE)
                .then()
                .statusCode(200);
        mail.letterTo(last);
        await().until(() -> mail.to(address).size() >= 3);

        assertThat(mail.to(address)).hasSize(3);
        assertThat(
                        mail.to(address).stream()
                                .map(MailServer::token)
                                .filter(token -> confirm(token).statusCode() == 204))
                .hasSize(1);
    }

    @Test
    void is_on_record_when_another_address_is_asked_for() {
        change("*", "{\"email\": \"" + address + "\"}").then().statusCode(200);

        Api.as(tenant.superuser("root"))
                .get("/api/v1/audit?action=email.ask")
                .then()
                .statusCode(200)
                .body("items.object", contains("user:" + kim.id()))
                .body("items.userId", contains(kim.id().toString()))
                .body("items.details.email", contains(address));
    }

    @Test
    void sends_no_letter_for_a_change_that_could_not_be_recorded() {
        String later = "later@" + tenant.id() + ".example";
        TestTenant.run(
                "alter table auth.audit_record"
                        + " add constraint no_ask check (action <> 'email.ask') not valid");
        try {
            change("*", "{\"email\": \"" + address + "\"}").then().statusCode(500);
        } finally {
            TestTenant.run("alter table auth.audit_record drop constraint no_ask");
        }

        change("*", "{\"email\": \"" + later + "\"}").then().statusCode(200);
        mail.letterTo(later);
        assertThat(mail.to(address)).isEmpty();
    }

    @Test
    void keeps_its_address_without_a_fresh_proof() {
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '11 minutes'"
                        + " where user_id = ?",
                kim.id());

        change("*", "{\"email\": \"" + address + "\"}")
                .then()
                .spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        change("*", "{\"displayName\": \"Kim\"}").then().statusCode(200);
    }

    @Test
    void is_read_but_not_changed_by_a_token() {
        String token = Api.newToken(kim, "");

        Api.bearer(token).get(PROFILE).then().statusCode(200);
        Api.bearer(token)
                .header("If-Match", "*")
                .body("{}")
                .patch(PROFILE)
                .then()
                .spec(Api.forbidden());
    }

    @Test
    void tells_what_is_wrong() {
        change("*", "{\"email\": \"kim\"}").then().spec(Api.invalid("email"));
        change("*", "{\"displayName\": \" \"}").then().spec(Api.invalid("displayName"));
        change("*", "{\"metadata\": []}").then().spec(Api.invalid("metadata"));
        change("*", "{\"metadata\": {\"a\": \"" + "x".repeat(9_000) + "\"}}")
                .then()
                .spec(Api.invalid("metadata"));
        for (String metadata :
                new String[] {
                    "{'a': 'x\\u0000'}", "{'\\u0000': 1}", "{'a': [{'b': ['\\u0000']}]}"
                }) {
            change("*", "{'metadata': %s}".formatted(metadata).replace('\'', '"'))
                    .then()
                    .spec(Api.invalid("metadata"));
        }
        change("*", "{\"superuser\": true}").then().spec(Api.invalid("superuser"));
        Api.as(kim).body("{}").patch(PROFILE).then().statusCode(428);
    }

    private Response change(String version, String body) {
        return Api.as(kim).header("If-Match", version).body(body).patch(PROFILE);
    }

    private static Response confirm(String token) {
        return Api.anyone()
                .body("{\"token\": \"" + token + "\"}")
                .post("/api/v1/auth/email/confirm");
    }
}
