package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testkit.LogReader;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;

/// What an operator reads when a provider does not answer as it should.
class ProviderLogTest extends ProviderCase {
    private final LogReader log = LogReader.of("dev.drawbridge");

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void says_that_the_issuer_is_another() {
        idp.metadata.put("issuer", "https://evil.example.com");

        fails(provider::metadata);

        assertSaid("issuer", idp.issuer());
    }

    @ParameterizedTest
    @CsvSource({
        "token_endpoint, http://id.example.com/token",
        "jwks_uri, 'not a uri'",
        "authorization_endpoint,"
    })
    void says_which_endpoint_is_not_safe(String name, String value) {
        idp.metadata.put(name, value);

        fails(provider::metadata);

        assertSaid(name);
    }

    @Test
    void says_that_it_refuses_our_client() {
        fails(this::redeem);

        assertSaid("invalid_client");
    }

    @Test
    void says_nothing_that_the_provider_could_write() {
        idp.refusal = "x\nWARN all is well";

        fails(this::redeem);

        assertSaid("an error");
        assertThat(log.lines()).noneMatch(line -> line.contains("all is well"));
    }

    @Test
    void says_that_its_keys_cannot_be_read() {
        idp.metadata.put("jwks_uri", idp.issuer() + "/.well-known/openid-configuration");

        fails(() -> tokens.bearer(provider, idp.sign(claims(RESOURCE)), List.of(RESOURCE)));

        assertSaid("keys");
    }

    private void redeem() {
        var flow = new CodeFlow.Flow("s", "n", "v", URI.create("http://127.0.0.1/api/callback"));
        new CodeFlow().redeem(provider, flow, "a-secret-code");
    }

    private void fails(ThrowingCallable check) {
        assertThatThrownBy(check).hasMessageContaining("UPSTREAM_ERROR");
    }

    private void assertSaid(String... words) {
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line).contains("provider").contains(words))
                .noneMatch(line -> line.contains("a-secret-code"));
    }
}
