package dev.drawbridge.auth.user;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.secondfactor.Authenticator;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attributes say which rows somebody sees. Nobody gives them, or gets hold of them with an
/// account, beyond their own.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class AttributeCeilingTest {
    private static final String USERS = "/api/v1/users";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");
    private final Person everything = tenant.holding("everything", "*", "admin");
    private final Person delegate = tenant.holding("delegate", "admin:*", "admin");
    private final Person kim = tenant.person("kim");

    @BeforeEach
    void giveAttributes() {
        attributes(delegate, "{\"store_id\": 7, \"region\": \"north\"}");
    }

    @Test
    void stops_who_does_not_hold_everything_from_changing_their_own() {
        String more = "{'attributes': {'store_id': 7, 'region': 'north', 'retail_role': 'ceo'}}";

        change(delegate, delegate, more).then().spec(Api.forbidden());
        change(delegate, delegate, "{'attributes': {}}").then().spec(Api.forbidden());
        change(everything, everything, more).then().statusCode(200);
        change(root, root, more).then().statusCode(200);
        change(root, delegate, more).then().statusCode(200);
    }

    @Test
    void stops_a_token_that_lets_less_than_everything_through() {
        String scoped =
                Api.newToken(root, "\"scopes\": [{\"object\": \"admin:*\", \"level\": \"admin\"}]");

        Api.bearer(scoped)
                .header("If-Match", "*")
                .body("{\"attributes\": {\"retail_role\": \"ceo\"}}")
                .patch(USERS + "/" + kim.id())
                .then()
                .spec(Api.forbidden());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{'store_id': 7} | true",
                "{'store_id': 7, 'region': 'north'} | true",
                "{'store_id': 8} | false",
                "{'store_id': '7'} | false",
                "{'region': 'North'} | false",
                "{'store_id': 7, 'retail_role': 'ceo'} | false"
            })
    void lets_one_give_what_one_has(String attributes, boolean allowed) {
        String field = "'attributes': " + attributes;
        int changed = allowed ? 200 : 403;
        int made = allowed ? 201 : 403;

        change(delegate, kim, "{" + field + "}").then().statusCode(changed);
        post(delegate, USERS, "{'username': 'new', 'password': 'green tea at five', " + field + "}")
                .then()
                .statusCode(made);
        post(delegate, "/api/v1/invitations", "{" + field + "}").then().statusCode(made);
        post(everything, "/api/v1/invitations", "{" + field + "}").then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"retail_role\": \"ceo\"}", "{\"store_id\": 8}"})
    void keeps_an_account_from_who_has_not_its_attributes(String attributes) {
        attributes(kim, attributes);
        Authenticator.enrol(kim);
        String user = USERS + "/" + kim.id();

        change(delegate, kim, "{'password': 'taken over by me'}").then().spec(Api.forbidden());
        change(delegate, kim, "{'email': 'mine@acme.example'}").then().spec(Api.forbidden());
        change(delegate, kim, "{'attributes': {}}").then().spec(Api.forbidden());
        Api.as(delegate).delete(user + "/second-factor").then().spec(Api.forbidden());
        Api.as(delegate).post(user + "/password-reset").then().spec(Api.forbidden());
        change(delegate, kim, "{'displayName': 'Kim'}").then().statusCode(200);

        Api.as(everything).post(user + "/password-reset").then().statusCode(200);
        Api.as(everything).delete(user + "/second-factor").then().statusCode(204);
        change(everything, kim, "{'password': 'taken over by me'}").then().statusCode(200);
        change(root, kim, "{'password': 'taken over by root'}").then().statusCode(200);
    }

    @Test
    void lets_one_have_an_account_with_less() {
        attributes(kim, "{\"region\": \"north\"}");
        String user = USERS + "/" + kim.id();

        Api.as(delegate).post(user + "/password-reset").then().statusCode(200);
        change(delegate, kim, "{'password': 'chosen for kim'}").then().statusCode(200);
    }

    @Test
    void keeps_a_service_account_from_who_has_not_its_attributes() {
        String id =
                post(root, USERS, "{'username': 'etl', 'kind': 'service'}")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        String tokens = USERS + "/" + id + "/tokens";
        post(delegate, tokens, "{'name': 'a'}").then().statusCode(201);
        TestTenant.run(
                "update auth.users set attributes = '{\"store_id\": 8}' where id = ?::uuid", id);

        post(delegate, tokens, "{'name': 'b'}").then().spec(Api.forbidden());
        post(everything, tokens, "{'name': 'b'}").then().statusCode(201);
    }

    private static void attributes(Person person, String attributes) {
        TestTenant.run(
                "update auth.users set attributes = ?::jsonb where id = ?",
                attributes,
                person.id());
    }

    private static Response change(Person by, Person whom, String body) {
        return Api.as(by)
                .header("If-Match", "*")
                .body(body.replace('\'', '"'))
                .patch(USERS + "/" + whom.id());
    }

    private static Response post(Person by, String path, String body) {
        return Api.as(by).body(body.replace('\'', '"')).post(path);
    }
}
