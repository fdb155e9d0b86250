package dev.drawbridge.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.util.Map;

@QuarkusTest
@TestProfile(PowerfulLoginTest.Allowed.class)
@WithTestResource(GatewayDatabases.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // The second one spends all attempts.
class PowerfulLoginTest extends LoginCase {
    /// Powerful logins, and few attempts from one address.
    public static final class Allowed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gateway.login.allow-powerful", "true",
                    "gateway.login.attempts-per-address", "3");
        }
    }

    @Test
    @Order(1)
    void where_it_is_allowed_a_superuser_reads_and_only_reads() {
        String boss = basic("boss", desk, "x");

        assertThat(read(boss, "select count(*) > 30 from shop.ledger")).isEqualTo("[[true]]");
        for (String refused :
                new String[] {
                    "delete from shop.ledger",
                    "select pg_read_file('/etc/passwd')",
                    "select set_config('transaction_read_only', 'off', true)"
                }) {
            JsonObject error = error(call(boss, "query_database", on(desk, refused)));
            assertThat(error.getString("code")).as(refused).isEqualTo("QUERY_REJECTED");
        }
    }

    @Test
    @Order(2)
    void attempts_are_counted_by_address_whatever_login_they_name() {
        connections(dana()).then().statusCode(200);
        for (int i = 0; i < 3; i++) {
            connections(basic("guess" + i, desk, "x")).then().statusCode(401);
        }

        connections(basic("guess4", desk, "x"))
                .then()
                .statusCode(429)
                .body("code", equalTo("RATE_LIMITED"));
        connections(encoded("no connection:x")).then().statusCode(429);
    }
}
