package dev.drawbridge.gateway.login;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

@QuarkusTest
@TestProfile(BehindProxyTest.TrustedProxy.class)
@WithTestResource(GatewayDatabases.class)
public class BehindProxyTest extends LoginCase {
    /// A proxy on this machine, few attempts from one address, and few calls of one tool.
    public static final class TrustedProxy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "identity.network.trusted-proxies", "127.0.0.0/8",
                    "gateway.login.attempts-per-address", "3",
                    "gateway.limit.requests-per-tool", "3",
                    "gateway.limit.within", "1d");
        }
    }

    @Test
    void a_token_is_judged_by_the_address_that_the_proxy_tells() {
        TestCallers.know("kai", Map.of(), "*", "read");
        TestCallers.only("kai", "203.0.113.0/24");

        assertThat(from("203.0.113.9", "Bearer kai").statusCode()).isEqualTo(200);
        assertThat(from("198.51.100.7", "Bearer kai").statusCode()).isEqualTo(401);
        assertThat(from("203.0.113.9, 198.51.100.7", "Bearer kai").statusCode()).isEqualTo(401);
        assertThat(from("203.0.113.9, 127.0.0.2", "Bearer kai").statusCode()).isEqualTo(200);
        assertThat(connections("Bearer kai").statusCode()).isEqualTo(401);
    }

    @Test
    void attempts_are_counted_for_the_address_that_the_proxy_tells() {
        for (int i = 0; i < 3; i++) {
            assertThat(from("203.0.113.9", basic("nobody" + i, desk, "x")).statusCode())
                    .isEqualTo(401);
        }

        from("203.0.113.9", basic("nobody", desk, "x"))
                .then()
                .statusCode(429)
                .body("code", equalTo("RATE_LIMITED"));
        assertThat(from("198.51.100.7, 203.0.113.9", basic("nobody", desk, "x")).statusCode())
                .isEqualTo(429);
        assertThat(from("203.0.113.10", basic("nobody", desk, "x")).statusCode()).isEqualTo(401);
    }

    @Test
    void what_a_login_may_not_is_on_record_with_the_address_that_the_proxy_tells() {
        given().header("Authorization", dana())
                .header("X-Forwarded-For", "203.0.113.77")
                .delete(path(desk))
                .then()
                .statusCode(403);

        String recorded =
                "select count(*) from gateway.audit_v1 where username like 'dana@%'"
                        + " and outcome = 'AUTHORIZATION_ERROR' and client = '203.0.113.77'";
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> "1".equals(GatewayDatabases.postgres().value(recorded)));
    }

    private static Response from(String forwarded, String authorization) {
        return given().header("Authorization", authorization)
                .header("X-Forwarded-For", forwarded)
                .get("/api/v1/connections");
    }
}
