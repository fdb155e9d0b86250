package dev.drawbridge.auth.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// Another installation: nobody said who the first administrator is, and no service runs on this
/// machine.
@QuarkusTest
@TestProfile(StartWithoutAdminTest.OtherInstallation.class)
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "admin", value = "none"))
class StartWithoutAdminTest {

    public static final class OtherInstallation implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("auth.exchange.trusted-networks", "10.9.8.0/24");
        }
    }

    @Test
    void starts_and_lets_nobody_in() {
        assertThat(TestTenant.query("select count(*) from auth.users where tenant_id = 'default'"))
                .isEqualTo("0");
        Api.login("default", "admin", "").then().spec(Api.invalid("password"));
        Api.login("default", "admin", AuthDatastore.ADMIN_PASSWORD)
                .then()
                .spec(Api.unauthenticated());
    }

    @Test
    void does_not_believe_a_stranger_who_says_where_the_client_is() {
        Person kim = TestTenant.fresh().person("kim");
        String elsewhere = Api.newToken(kim, "\"allowedCidrs\": [\"203.0.113.0/24\"]");
        String here = Api.newToken(kim, "\"allowedCidrs\": [\"127.0.0.1\"]");

        Api.exchangeFrom(elsewhere, "203.0.113.9").then().spec(Api.unauthenticated());
        Api.exchangeFrom(here, "203.0.113.9").then().statusCode(200);
        Api.exchange(here).then().statusCode(200);
    }
}
