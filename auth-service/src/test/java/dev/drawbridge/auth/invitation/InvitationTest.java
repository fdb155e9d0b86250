package dev.drawbridge.auth.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.UUID;

/// Without a mail server: the link is in the answer.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class InvitationTest {
    private static final String INVITATIONS = "/api/v1/invitations";
    private static final String ACCEPT = "/api/v1/auth/invitations/accept";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void makes_a_user_with_the_address_the_attributes_and_the_groups_of_it() {
        UUID group = tenant.group("planners");
        tenant.grant(group, "connection:7", "read");
        String link =
                invite(
                        """
                        {"email": "lee@acme.example", "displayName": "Lee Miller",
                         "groups": ["%s"], "attributes": {"store_id": 7}}
                        """
                                .formatted(group));
        assertThat(link).startsWith("http://127.0.0.1:8080/account/invitation#token=dbl_");

        accept(token(link), "lee", "green tea at five")
                .then()
                .statusCode(201)
                .body("username", equalTo("lee"))
                .body("email", equalTo("lee@acme.example"))
                .body("displayName", equalTo("Lee Miller"));

        String session =
                Api.login(tenant.id(), "lee", "green tea at five").then().extract().path("token");
        Api.bearer(session)
                .get("/api/v1/auth/me")
                .then()
                .body("groups", equalTo(java.util.List.of("planners")))
                .body("attributes.store_id", equalTo(7));
    }

    @Test
    void is_accepted_once() {
        String token = token(invite("{}"));

        accept(token, "lee", "green tea at five").then().statusCode(201);
        accept(token, "max", "green tea at five").then().spec(Api.invalid("token"));
    }

    @Test
    void is_accepted_once_by_all_who_try_at_the_same_time() {
        String token = token(invite("{}"));

        var statuses =
                AtOnce.of(
                        4,
                        i ->
                                accept(token, "lee" + (char) ('a' + i), "green tea at five")
                                        .statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(201, 400, 400, 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password | lee | short",
                "password | lee.miller | Lee.Miller-26",
                "username | no spaces | green tea at five",
                "username | l\u0435e | green tea at five"
            })
    void can_be_accepted_still_after_a_refusal(String field, String username, String password) {
        String token = token(invite("{\"displayName\": \"Lee Miller\"}"));

        accept(token, username, password).then().spec(Api.invalid(field));

        accept(token, "lee", "green tea at five").then().statusCode(201);
    }

    @Test
    void makes_nobody_of_a_name_or_an_address_that_is_taken() {
        Api.as(admin)
                .body(
                        """
                        {"username": "lee", "password": "green tea at five",
                         "email": "lee@acme.example"}
                        """)
                .post("/api/v1/users")
                .then()
                .statusCode(201);
        String token = token(invite("{\"email\": \"LEE@acme.example\"}"));

        accept(token, "Lee", "green tea at five").then().spec(Api.conflict());
        accept(token, "max", "green tea at five").then().spec(Api.conflict());
    }

    @Test
    void ends_when_it_is_taken_back_when_it_expires_and_with_who_made_it() {
        String takenBack = token(invite("{}"));
        String id = Api.as(admin).get(INVITATIONS).then().extract().path("items[0].id");
        Api.as(admin).delete(INVITATIONS + "/" + id).then().statusCode(204);
        Api.as(admin).delete(INVITATIONS + "/" + id).then().spec(Api.notFound());
        String expired = token(invite("{}"));
        TestTenant.run(
                "update auth.one_time_link set expires_at = now() where tenant_id = ?",
                tenant.id());
        Person delegate = tenant.holding("delegate", "admin:users", "admin");
        String orphan = token(invite(delegate, "{}").then().extract().path("link"));
        TestTenant.run("update auth.users set enabled = false where id = ?", delegate.id());

        for (String token : new String[] {takenBack, expired, orphan}) {
            accept(token, "lee", "green tea at five").then().spec(Api.invalid("token"));
        }
    }

    @Test
    void invites_into_no_group_that_holds_more_than_who_invites() {
        UUID weak = tenant.group("weak");
        UUID strong = tenant.group("strong");
        tenant.grant(strong, "connection:7", "read");
        Person delegate = tenant.holding("delegate", "admin:*", "admin");
        Person users = tenant.holding("users", "admin:users", "admin");
        String into = "{\"groups\": [\"%s\"]}";

        invite(delegate, into.formatted(strong)).then().spec(Api.forbidden());
        invite(delegate, into.formatted(weak)).then().statusCode(201);
        invite(users, into.formatted(weak)).then().spec(Api.forbidden());
        invite(users, "{}").then().statusCode(201);
        invite(admin, into.formatted(UUID.randomUUID())).then().spec(Api.notFound());
        invite(tenant.person("nobody"), "{}").then().spec(Api.forbidden());
        UUID foreign = TestTenant.fresh().group("foreign");
        invite(admin, into.formatted(foreign)).then().spec(Api.notFound());
    }

    @Test
    void is_listed_without_its_link() {
        invite("{\"email\": \"lee@acme.example\"}");

        Api.as(admin)
                .get(INVITATIONS)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].email", equalTo("lee@acme.example"))
                .body("items[0].invitedBy", equalTo(admin.id().toString()))
                .body("items[0].link", nullValue());
        Api.as(TestTenant.fresh().superuser("root"))
                .get(INVITATIONS)
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void has_a_link_that_is_good_for_nothing_else_and_stored_as_a_digest() {
        String token = token(invite("{}"));

        Api.anyone()
                .body(
                        "{\"token\": \"%s\", \"newPassword\": \"green tea at five\"}"
                                .formatted(token))
                .post("/api/v1/auth/password/reset")
                .then()
                .spec(Api.invalid("token"));
        Api.anyone()
                .body("{\"token\": \"%s\"}".formatted(token))
                .post("/api/v1/auth/email/confirm")
                .then()
                .spec(Api.invalid("token"));
        Api.bearer(token).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.one_time_link l where l::text like ?",
                                "%" + token.substring(4) + "%"))
                .isEqualTo("0");
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.one_time_link"
                                        + " where sha256 = sha256(?::bytea)",
                                token))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "dbl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void is_none_with_another_token(String token) {
        accept(token, "lee", "green tea at five").then().spec(Api.invalid("token"));
    }

    @Test
    void tells_what_is_wrong_with_what_is_asked_for() {
        invite(admin, "{\"email\": \"nowhere\"}").then().spec(Api.invalid("email"));
        invite(admin, "{\"attributes\": {\"a\": []}}").then().spec(Api.invalid("attributes.a"));
        invite(admin, "{\"groups\": [null]}").then().spec(Api.invalid("groups[0]"));
        invite(admin, "{\"groups\": [\"x\"]}")
                .then()
                .spec(Api.invalid("groups[0]"))
                .body("detail", containsString("groups"));
    }

    @Test
    void sends_nothing_by_itself_where_there_is_no_mail_server() {
        Api.anyone()
                .body("{\"email\": \"lee@acme.example\"}")
                .post("/api/v1/auth/password/forgot")
                .then()
                .spec(Api.conflict())
                .body("detail", startsWith("No mail server"));
        Api.anyone()
                .body("{\"email\": \"lee@acme.example\"}")
                .post("/api/v1/auth/registration")
                .then()
                .spec(Api.notFound());
    }

    private String invite(String body) {
        return invite(admin, body)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .extract()
                .path("link");
    }

    private static Response invite(Person by, String body) {
        return Api.as(by).body(body).post(INVITATIONS);
    }

    private static Response accept(String token, String username, String password) {
        return Api.anyone()
                .body(
                        """
                        {"token": "%s", "username": "%s", "password": "%s"}
                        """
                                .formatted(token, username, password))
                .post(ACCEPT);
    }

    private static String token(String link) {
        return link.substring(link.indexOf("#token=") + "#token=".length());
    }
}
