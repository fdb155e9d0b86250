package dev.drawbridge.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.mail.MailServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;

/// With a real SMTP server.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
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
