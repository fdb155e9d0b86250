package dev.drawbridge.auth.token;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class TokenCeilingTest {
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.holding("kim", "connection:7", "write");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'object': 'connection:7', 'level': 'admin'}",
                "{'object': 'connection:8', 'level': 'read'}",
                "{'object': 'connection:*', 'level': 'read'}",
                "{'object': 'admin:users', 'level': 'read'}",
                "{'object': '*', 'level': 'read'}"
            })
    void lets_nothing_through_that_its_owner_does_not_hold(String scope) {
        Api.as(kim)
                .body("{\"name\": \"x\", \"scopes\": [" + scope.replace('\'', '"') + "]}")
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
    }

    @Test
    void lets_through_only_what_its_scopes_say() {
        Person admin = tenant.superuser("root");
        String token =
                Api.newToken(
                        admin, "\"scopes\": [{\"object\": \"admin:users\", \"level\": \"read\"}]");
        String nothing = Api.newToken(admin, "\"scopes\": []");

        Api.bearer(token).get("/api/v1/users").then().statusCode(200);
        Api.bearer(token).get("/api/v1/groups").then().spec(Api.forbidden());
        Api.bearer(token).body("{}").post("/api/v1/users").then().spec(Api.forbidden());
        Api.bearer(nothing).get("/api/v1/users").then().spec(Api.forbidden());
        Api.bearer(nothing).get(ME).then().statusCode(200);
    }

    @Test
    void gives_less_when_its_owner_holds_less() {
        Person reader = tenant.holding("reader", "admin:users", "read");
        String token = Api.newToken(reader, "");
        Api.bearer(token).get("/api/v1/users").then().statusCode(200);

        TestTenant.run(
                "delete from auth.grants where tenant_id = ? and object = 'admin:users'",
                tenant.id());

        Api.bearer(token).get("/api/v1/users").then().spec(Api.forbidden());
    }

    @Test
    void makes_no_token_that_can_do_more_than_itself() {
        String scoped =
                Api.newToken(
                        kim, "\"scopes\": [{\"object\": \"connection:7\", \"level\": \"read\"}]");
        String more = "{\"name\": \"x\", \"scopes\": [{\"object\": \"%s\", \"level\": \"%s\"}]}";

        Api.bearer(scoped)
                .body(more.formatted("connection:7", "write"))
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
        Api.bearer(scoped)
                .body(more.formatted("connection:*", "read"))
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
        Api.bearer(scoped)
                .body(more.formatted("connection:7/shop", "read"))
                .post(TOKENS)
                .then()
                .statusCode(201);
        Api.bearer(scoped)
                .body("{\"name\": \"x\"}")
                .post(TOKENS)
                .then()
                .statusCode(201)
                .body("scopes.object", contains("connection:7"))
                .body("scopes.level", contains("read"));
    }

    @Test
    void makes_no_token_that_lasts_longer_or_works_elsewhere_than_itself() {
        Instant end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        String limited =
                Api.newToken(
                        kim, "\"expiresAt\": \"" + end + "\", \"allowedCidrs\": [\"127.0.0.0/8\"]");

        Api.bearer(limited)
                .body("{\"name\": \"x\", \"expiresAt\": \"" + end.plusSeconds(1) + "\"}")
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
        Api.bearer(limited)
                .body("{\"name\": \"x\", \"allowedCidrs\": [\"0.0.0.0/0\"]}")
                .post(TOKENS)
                .then()
                .spec(Api.forbidden());
        Api.bearer(limited)
                .body("{\"name\": \"x\"}")
                .post(TOKENS)
                .then()
                .statusCode(201)
                .body("expiresAt", equalTo(end.toString()))
                .body("allowedCidrs", contains("127.0.0.0/8"));
    }

    @Test
    void is_revoked_with_the_token_that_made_it() {
        String parent = Api.newToken(kim, "");
        String parentId = Api.bearer(parent).get(ME).then().extract().path("credential.id");
        String child =
                Api.bearer(parent)
                        .body("{\"name\": \"x\"}")
                        .post(TOKENS)
                        .then()
                        .extract()
                        .path("token");
        String grandchild =
                Api.bearer(child)
                        .body("{\"name\": \"x\"}")
                        .post(TOKENS)
                        .then()
                        .extract()
                        .path("token");

        Api.as(kim).delete(TOKENS + "/" + parentId).then().statusCode(204);

        Api.bearer(child).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(grandchild).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void reaches_only_itself_and_what_it_made_when_it_is_scoped() {
        Api.newToken(kim, "");
        String scoped = Api.newToken(kim, "\"scopes\": []");
        String own = Api.bearer(scoped).get(ME).then().extract().path("credential.id");
        String child =
                Api.bearer(scoped)
                        .body("{\"name\": \"x\"}")
                        .post(TOKENS)
                        .then()
                        .extract()
                        .path("id");
        String other = Api.as(kim).get(TOKENS + "?limit=1").then().extract().path("items[0].id");

        Api.bearer(scoped).get(TOKENS).then().body("items.id", containsInAnyOrder(own, child));
        Api.bearer(scoped).delete(TOKENS + "/" + other).then().spec(Api.notFound());
        Api.bearer(scoped).delete(TOKENS + "/" + child).then().statusCode(204);
    }
}
