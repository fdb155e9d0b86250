package dev.drawbridge.auth.effective;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class EffectiveResourceTest {
    private static final String OWN = "/api/v1/auth/effective";
    private static final String SHOP = "connection:7/shop";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");
    private final Person kim = tenant.person("kim");

    @Test
    void names_the_grant_and_the_way_to_its_group() {
        UUID everyone = tenant.group("everyone");
        UUID analysts = tenant.group("analysts");
        UUID staff = tenant.group("staff");
        tenant.member(everyone, kim);
        tenant.member(analysts, kim);
        tenant.nest(staff, analysts);
        tenant.grant(everyone, "connection:*", "read");
        UUID deciding = tenant.grant(staff, "connection:7", "write");
        tenant.grant(staff, "tool:*", "admin");

        explain(kim.session(), SHOP)
                .body("object", equalTo(SHOP))
                .body("level", equalTo("write"))
                .body("decidedBy", equalTo("grant"))
                .body("granted", equalTo("write"))
                .body("letThrough", nullValue())
                .body("scopes", nullValue())
                .body("grants.object", contains("connection:7", "connection:*"))
                .body("grants.decides", contains(true, false))
                .body("grants[0].id", equalTo(deciding.toString()))
                .body("grants[0].through.name", contains("analysts", "staff"))
                .body("grants[1].through.name", contains("everyone"));
    }

    @Test
    void names_the_scope_that_lets_less_through() {
        Person lee = tenant.holding("lee", "connection:7", "write");
        String token =
                tenant.token(
                        lee,
                        """
                        [{"object": "connection:*", "level": "read"},
                         {"object": "tool:*", "level": "admin"}]
                        """);

        explain(token, SHOP)
                .body("level", equalTo("read"))
                .body("decidedBy", equalTo("scope"))
                .body("granted", equalTo("write"))
                .body("letThrough", equalTo("read"))
                .body("grants.decides", contains(false))
                .body("scopes.object", contains("connection:*"))
                .body("scopes.decides", contains(true));
    }

    @Test
    void says_that_no_scope_covers_the_object() {
        Person lee = tenant.holding("lee", "connection:7", "write");

        explain(tenant.token(lee, "[]"), SHOP)
                .body("level", equalTo("none"))
                .body("decidedBy", equalTo("scope"))
                .body("scopes", hasSize(0));
    }

    @Test
    void says_that_no_grant_covers_the_object() {
        Person lee = tenant.holding("lee", "connection:8", "write");

        explain(lee.session(), SHOP)
                .body("level", equalTo("none"))
                .body("decidedBy", equalTo("nothing"))
                .body("grants", hasSize(0));
    }

    @Test
    void says_that_a_superuser_needs_no_grant() {
        explain(admin.session(), "admin:users")
                .body("level", equalTo("admin"))
                .body("decidedBy", equalTo("superuser"));
    }

    @Test
    void explains_the_scopes_of_an_access_token_as_of_its_credential() {
        Person lee = tenant.holding("lee", "tool:*", "read");
        String token = tenant.token(lee, "[]");
        String access = Api.exchange(token).then().extract().path("access_token");

        explain(access, "tool:query")
                .body("level", equalTo("none"))
                .body("decidedBy", equalTo("scope"));
    }

    @Test
    void explains_a_user_to_who_may_read_users_and_groups() {
        Person lee = tenant.holding("lee", "connection:7", "write");
        Person reader = tenant.holding("reader", "admin:*", "read");
        Person users = tenant.holding("users", "admin:users", "admin");
        Person groups = tenant.holding("groups", "admin:groups", "admin");

        for (Person person : new Person[] {admin, reader}) {
            ofUser(person, lee.id().toString())
                    .statusCode(200)
                    .body("level", equalTo("write"))
                    .body("grants.through.name", contains(contains("of lee")));
        }
        for (Person person : new Person[] {users, groups, lee}) {
            ofUser(person, lee.id().toString()).spec(Api.forbidden());
        }
    }

    @Test
    void says_that_a_disabled_user_may_do_nothing() {
        Person lee = tenant.holding("lee", "connection:7", "write");
        TestTenant.run("update auth.users set enabled = false where id = ?", lee.id());

        ofUser(admin, lee.id().toString())
                .statusCode(200)
                .body("level", equalTo("none"))
                .body("decidedBy", equalTo("disabled"))
                .body("granted", equalTo("write"));
    }

    @Test
    void knows_no_user_of_another_tenant() {
        Person stranger = TestTenant.fresh().superuser("root");

        ofUser(stranger, kim.id().toString()).spec(Api.notFound());
        ofUser(admin, UUID.randomUUID().toString()).spec(Api.notFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?object=", "?object=tol:x", "?object=connection:a/b/c/d"})
    void refuses_what_is_no_object(String query) {
        Api.as(kim).get(OWN + query).then().spec(Api.invalid("object"));
        Api.as(admin)
                .get("/api/v1/users/" + kim.id() + "/effective" + query)
                .then()
                .spec(Api.invalid("object"));
    }

    @Test
    void refuses_who_is_nobody_and_what_it_does_not_know() {
        Api.anyone().get(OWN + "?object=*").then().spec(Api.unauthenticated());
        Api.anyone()
                .get("/api/v1/users/" + kim.id() + "/effective?object=*")
                .then()
                .spec(Api.unauthenticated());
        Api.as(kim).get(OWN + "?object=*&user=1").then().spec(Api.invalid("user"));
    }

    private static ValidatableResponse explain(String credential, String object) {
        return Api.bearer(credential).queryParam("object", object).get(OWN).then().statusCode(200);
    }

    private static ValidatableResponse ofUser(Person by, String id) {
        return Api.as(by)
                .queryParam("object", SHOP)
                .get("/api/v1/users/" + id + "/effective")
                .then();
    }
}
