package dev.drawbridge.system.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.query.Load;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// The keys that sign access tokens rotate while people and agents work.
@WithSuite
class SigningKeyRotationTest {
    private final Suite suite;
    private final AuthApi api;

    SigningKeyRotationTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
    }

    @Test
    void fails_no_request() {
        String admin = api.admin();
        String early = api.exchange(admin);
        try (var load = Load.of(suite, RetailIdentity.STORE_MANAGER, 4);
                var probe = Probe.start(suite)) {
            load.awaitMoreAnswers();
            String kid =
                    api.auth(admin)
                            .post("/api/v1/auth/keys/rotate")
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("kid");
            Awaitility.await("the new key to sign")
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> header(api.exchange(admin)).contains(kid));
            int rounds = probe.rounds();
            Awaitility.await("more rounds with the new key")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> probe.rounds() > rounds + 2);
            load.awaitMoreAnswers();

            assertThat(header(early)).doesNotContain(kid);
            api.auth(early).get("/api/v1/auth/me").then().statusCode(200);
            assertThat(probe.failures()).isEmpty();
            assertThat(load.wrongAnswers()).isEmpty();
            assertThat(load.failures()).isZero();
        }
    }

    private static String header(String jwt) {
        byte[] header = Base64.getUrlDecoder().decode(jwt.substring(0, jwt.indexOf('.')));
        return new String(header, StandardCharsets.UTF_8);
    }
}
