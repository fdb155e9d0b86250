package dev.drawbridge.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class UserResourceTest {
    private static final String USERS = "/api/v1/users";
    private static final String NEW =
            "{\"username\": \"lee\", \"password\": \"correct horse battery\"}";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void makes_a_user_who_can_sign_in() {
        String body =
                """
                {"username": "Lee", "password": "lee's own password", "attributes": {"store_id": 7}}
                """;

        String id =
                Api.as(admin)
                        .body(body)
                        .post(USERS)
                        .then()
                        .statusCode(201)
                        .header("ETag", "\"1\"")
                        .body("username", equalTo("Lee"))
                        .body("enabled", equalTo(true))
                        .body("superuser", equalTo(false))
                        .body("attributes.store_id", equalTo(7))
                        .body("password", nullValue())
                        .body("createdAt", notNullValue())
                        .extract()
                        .path("id");

        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        Api.login(tenant.id(), "lee", "lee's own password").then().statusCode(200);
    }

    @Test
    void tells_where_the_new_user_is() {
        String location =
                Api.as(admin)
                        .body(NEW)
                        .post(USERS)
                        .then()
                        .statusCode(201)
                        .extract()
                        .header("Location");

        Api.as(admin).get(location).then().statusCode(200).body("username", equalTo("lee"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "username | {'password': 'correct horse battery'}",
                "username | {'username': 'no spaces', 'password': 'correct horse battery'}",
                "password | {'username': 'lee'}",
                "password | {'username': 'lee', 'password': 'short'}",
                "password | {'username': 'lee', 'password': '0123456789012345678901234567890123456789012345678901234567890123456789xxx'}",
                "attributes.a | {'username': 'lee', 'password': 'correct horse battery', 'attributes': {'a': [1]}}",
                "attributes.a | {'username': 'lee', 'password': 'correct horse battery', 'attributes': {'a': 'x\\u0000'}}",
                "attributes | {'username': 'lee', 'password': 'correct horse battery', 'attributes': {'a b': 1}}",
                "attributes | {'username': 'lee', 'password': 'correct horse battery', 'attributes': 7}",
                "enabled | {'username': 'lee', 'password': 'correct horse battery', 'enabled': 'perhaps'}",
                "superUser | {'username': 'lee', 'password': 'correct horse battery', 'superUser': true}",
                "tenant | {'username': 'lee', 'password': 'correct horse battery', 'tenant': 'other'}"
            })
    void names_the_field_that_is_wrong(String field, String body) {
        Api.as(admin).body(body.replace('\'', '"')).post(USERS).then().spec(Api.invalid(field));
    }

    @Test
    void makes_no_second_user_of_a_name_that_looks_the_same() {
        Api.as(admin).body(NEW).post(USERS).then().statusCode(201);

        Api.as(admin).body(NEW.replace("lee", "LEE")).post(USERS).then().spec(Api.conflict());
        Api.as(TestTenant.fresh().superuser("root")).body(NEW).post(USERS).then().statusCode(201);
    }

    @Test
    void makes_no_second_user_whose_name_cannot_be_told_from_another() {
        Api.as(admin).body(NEW.replace("lee", "scope")).post(USERS).then().statusCode(201);

        Api.as(admin)
                .body(NEW.replace("lee", "\u0455\u0441\u043e\u0440\u0435"))
                .post(USERS)
                .then()
                .spec(Api.conflict());
        Api.as(admin)
                .body(NEW.replace("lee", "\u0455cope"))
                .post(USERS)
                .then()
                .spec(Api.invalid("username"));
    }

    @Test
    void gives_an_address_to_one_user_and_only_by_who_holds_as_much() {
        Person strong = tenant.holding("strong", "connection:7", "write");
        Person delegate = tenant.holding("delegate", "admin:users", "admin");
        String body = "{\"email\": \"Lee@acme.example\"}";
        String weak = USERS + "/" + tenant.person("weak").id();

        Api.as(delegate).header("If-Match", "*").body(body).patch(weak).then().statusCode(200);
        Api.as(delegate)
                .header("If-Match", "*")
                .body("{\"email\": \"mine@acme.example\"}")
                .patch(USERS + "/" + strong.id())
                .then()
                .spec(Api.forbidden());
        Api.as(admin)
                .header("If-Match", "*")
                .body(body.replace("Lee", "lee"))
                .patch(USERS + "/" + strong.id())
                .then()
                .spec(Api.conflict());
    }

    @Test
    void holds_a_new_password_to_the_names_that_the_user_has_already() {
        Person ann = tenant.person("ann");
        change(
                        admin,
                        ann,
                        "*",
                        "{\"displayName\": \"Kim Novak\", \"email\": \"vertigo@x.example\"}")
                .then()
                .statusCode(200);

        for (String password : new String[] {"kim-novak-1958", "vertigo@x.example"}) {
            change(admin, ann, "*", "{\"password\": \"" + password + "\"}")
                    .then()
                    .spec(Api.invalid("password"));
        }
    }

    @Test
    void lists_users_page_by_page() {
        Person ann = tenant.person("ann");
        Person bob = tenant.person("bob");

        String cursor =
                Api.as(admin)
                        .get(USERS + "?limit=2")
                        .then()
                        .statusCode(200)
                        .body("items.id", contains(admin.id().toString(), ann.id().toString()))
                        .extract()
                        .path("nextCursor");

        Api.as(admin)
                .get(USERS + "?limit=2&cursor=" + cursor)
                .then()
                .body("items.id", contains(bob.id().toString()))
                .body("nextCursor", nullValue());
    }

    @Test
    void finds_a_user_by_name() {
        tenant.person("ann");

        Api.as(admin).get(USERS + "?username=ANN").then().body("items.username", contains("ann"));
        Api.as(admin).get(USERS + "?username=nobody").then().body("items", hasSize(0));
        Api.as(admin).get(USERS + "?name=ann").then().spec(Api.invalid("name"));
        Api.as(admin).get(USERS + "?limit=many").then().spec(Api.invalid("limit"));
        Api.as(admin).get(USERS + "?cursor=x").then().spec(Api.invalid("cursor"));
    }

    @Test
    void changes_only_what_is_said() {
        Person ann = tenant.person("ann");

        change(admin, ann, "\"1\"", "{\"attributes\": {\"region\": \"north\"}}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("username", equalTo("ann"))
                .body("enabled", equalTo(true))
                .body("attributes.region", equalTo("north"));
        change(admin, ann, "\"2\"", "{\"username\": \"Anna\"}")
                .then()
                .statusCode(200)
                .body("username", equalTo("Anna"))
                .body("attributes.region", equalTo("north"));
    }

    @Test
    void changes_only_the_version_that_was_read() {
        Person ann = tenant.person("ann");
        String body = "{\"enabled\": false}";

        Api.as(admin)
                .body(body)
                .patch(USERS + "/" + ann.id())
                .then()
                .spec(Api.problem(428, "VALIDATION_ERROR"));
        change(admin, ann, "1", body).then().spec(Api.invalid("If-Match"));
        change(admin, ann, "\"9\"", body).then().spec(Api.problem(412, "CONFLICT"));
        change(admin, ann, "*", body).then().statusCode(200);
    }

    @Test
    void ends_all_sessions_of_a_user_who_is_disabled_or_given_another_password() {
        Person ann = tenant.person("ann");
        Person bob = tenant.person("bob");

        change(admin, ann, "*", "{\"enabled\": false}").then().statusCode(200);
        change(admin, ann, "*", "{\"enabled\": true}").then().statusCode(200);
        change(admin, bob, "*", "{\"password\": \"another password\"}").then().statusCode(200);

        Api.as(ann).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        Api.as(bob).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "bob", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "bob", "another password").then().statusCode(200);
    }

    @Test
    void removes_a_user_with_all_credentials() {
        Person ann = tenant.person("ann");
        String token = Api.newToken(ann, "");

        Api.as(admin).delete(USERS + "/" + ann.id()).then().statusCode(204);

        Api.as(admin).get(USERS + "/" + ann.id()).then().spec(Api.notFound());
        Api.as(admin).delete(USERS + "/" + ann.id()).then().spec(Api.notFound());
        Api.as(ann).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        Api.bearer(token).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    @Test
    void is_there_for_administrators_of_users_only() {
        Person ann = tenant.person("ann");
        Person reader = tenant.holding("reader", "admin:users", "read");
        Person other = tenant.holding("other", "admin:groups", "admin");
        String id = USERS + "/" + ann.id();

        for (Person person : new Person[] {ann, other}) {
            Api.as(person).get(USERS).then().spec(Api.forbidden());
            Api.as(person).get(id).then().spec(Api.forbidden());
            Api.as(person).body(NEW).post(USERS).then().spec(Api.forbidden());
            Api.as(person).delete(id).then().spec(Api.forbidden());
        }
        Api.as(reader).get(USERS).then().statusCode(200);
        Api.as(reader).get(id).then().statusCode(200);
        Api.as(reader).body(NEW).post(USERS).then().spec(Api.forbidden());
        change(reader, ann, "*", "{\"enabled\": false}").then().spec(Api.forbidden());
        Api.as(reader).delete(id).then().spec(Api.forbidden());
        Api.anyone().get(USERS).then().spec(Api.unauthenticated());
    }

    @Test
    void shows_nothing_of_another_tenant() {
        Person stranger = TestTenant.fresh().superuser("root");
        Person ann = tenant.person("ann");

        Api.as(stranger).get(USERS).then().body("items", hasSize(1));
        Api.as(stranger).get(USERS + "/" + ann.id()).then().spec(Api.notFound());
        change(stranger, ann, "*", "{\"enabled\": false}").then().spec(Api.notFound());
        Api.as(stranger).delete(USERS + "/" + ann.id()).then().spec(Api.notFound());
        Api.as(stranger).get(USERS + "/not-an-id").then().spec(Api.notFound());
    }

    private static Response change(Person by, Person whom, String version, String body) {
        return Api.as(by).header("If-Match", version).body(body).patch(USERS + "/" + whom.id());
    }
}
