package dev.drawbridge.auth.user;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

/// Names that were given before a word had to be of one script, and that nobody gets any more.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class OldNameTest {
    // The first letter is Cyrillic.
    private static final String MIXED = "\u0455cope";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void is_of_a_user_who_signs_in_and_is_found_and_unlocked() {
        Person old = tenant.person(MIXED);
        for (int i = 0; i < 11; i++) {
            Api.login(tenant.id(), MIXED, "x".repeat(73));
        }
        Api.login(tenant.id(), MIXED, TestTenant.PASSWORD).then().statusCode(429);

        Api.as(admin)
                .queryParam("username", MIXED)
                .get("/api/v1/users")
                .then()
                .statusCode(200)
                .body("items.id", contains(old.id().toString()));
        Api.as(admin).post("/api/v1/users/" + old.id() + "/unlock").then().statusCode(204);

        Api.login(tenant.id(), MIXED, TestTenant.PASSWORD).then().statusCode(200);
    }

    @Test
    void is_of_a_group_that_is_found() {
        String group = tenant.group("the " + MIXED).toString();

        Api.as(admin)
                .queryParam("name", "the " + MIXED)
                .get("/api/v1/groups")
                .then()
                .statusCode(200)
                .body("items.id", contains(group));
    }

    @Test
    void finds_nobody_when_it_can_be_no_name() {
        for (String path : new String[] {"/api/v1/users?username=", "/api/v1/groups?name="}) {
            for (String name : new String[] {"%00", "a%00", "a%20", "x".repeat(129)}) {
                Api.as(admin)
                        .urlEncodingEnabled(false)
                        .get(path + name)
                        .then()
                        .statusCode(200)
                        .body("items", empty());
            }
        }
    }
}
