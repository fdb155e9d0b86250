package dev.drawbridge.auth.profile;

import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ProfileWithoutMailTest {
    private static final String PROFILE = "/api/v1/auth/profile";

    private final Person kim = TestTenant.fresh().person("kim");

    @Test
    void changes_nothing_of_a_request_that_it_refuses() {
        Api.as(kim)
                .header("If-Match", "\"1\"")
                .body("{\"displayName\": \"Kim Novak\", \"email\": \"kim@acme.example\"}")
                .patch(PROFILE)
                .then()
                .spec(Api.conflict());

        Api.as(kim)
                .get(PROFILE)
                .then()
                .header("ETag", "\"1\"")
                .body("displayName", nullValue())
                .body("pendingEmail", nullValue());
    }
}
