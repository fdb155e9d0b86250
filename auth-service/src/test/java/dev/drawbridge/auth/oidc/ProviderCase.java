package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A provider with real keys, at a time that the test decides.
abstract class ProviderCase {
    static TestProvider idp;
    static final String RESOURCE = "https://db.example.com/mcp/v1";
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    Instant now = START;
    final InstantSource clock = () -> now;
    final ProviderTokens tokens = new ProviderTokens(clock);
    final Provider provider = provider(clock);

    @BeforeAll
    static void start() {
        idp = TestProvider.start();
    }

    @AfterAll
    static void stop() {
        idp.close();
    }

    @BeforeEach
    void reset() {
        idp.reset();
    }

    JwtClaims check(String jwt) {
        return tokens.bearer(provider, jwt, List.of("https://first.example.com", RESOURCE));
    }

    JwtClaims claims(String audience) {
        return idp.claims(audience, now);
    }

    static void refuses(ThrowingCallable check) {
        assertThatThrownBy(check).hasMessageContaining("AUTHENTICATION_ERROR");
    }

    static Provider provider(InstantSource clock) {
        return provider(idp, clock);
    }

    static Provider provider(TestProvider provider, InstantSource clock) {
        var config =
                new io.smallrye.config.SmallRyeConfigBuilder()
                        .withMapping(OidcConfig.class)
                        .withConverter(Duration.class, 100, text -> Duration.parse("PT" + text))
                        .withDefaultValue("auth.oidc.providers.test.issuer", provider.issuer())
                        .withDefaultValue("auth.oidc.providers.test.client-id", TestProvider.CLIENT)
                        .build()
                        .getConfigMapping(OidcConfig.class);
        return new Provider(
                "test", config.providers().get("test"), config, HttpClient.newHttpClient(), clock);
    }
}
