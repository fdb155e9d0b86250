package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

class ProviderMetadataTest {
    private static final URI ISSUER = URI.create("https://id.example.com/realms/a");

    private final JsonObject document =
            new JsonObject()
                    .put("issuer", ISSUER.toString())
                    .put("authorization_endpoint", ISSUER + "/auth")
                    .put("token_endpoint", ISSUER + "/token")
                    .put("jwks_uri", ISSUER + "/keys");

    @Test
    void reads_what_discovery_says() {
        var metadata = ProviderMetadata.parse("a", ISSUER, document);

        assertThat(metadata.token()).hasPath("/realms/a/token");
        assertThat(metadata.tellsIssuer()).isFalse();
        assertThat(metadata.basic()).isTrue();
        assertThat(metadata.endSession()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://evil.example.com",
        "issuer, https://id.example.com/realms/a/",
        "token_endpoint, http://id.example.com/token",
        "token_endpoint, http://127.0.0.1.evil.example.com/token",
        "jwks_uri, file:///etc/passwd",
        "jwks_uri, 'not a uri'",
        "authorization_endpoint, ",
        "end_session_endpoint, javascript:x"
    })
    void refuses_another_issuer_and_endpoints_that_are_not_safe(String name, String value) {
        document.put(name, value);

        assertThatThrownBy(() -> ProviderMetadata.parse("a", ISSUER, document))
                .hasMessageContaining("UPSTREAM_ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a", "http://localhost:1/x", "http://127.0.0.1", "http://[::1]:8/x"})
    void takes_tls_and_loopback(String address) {
        assertThat(ProviderMetadata.isSafe(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "http://10.0.0.1",
                "http://1.2.3.4",
                "http://localhost.evil.example.com",
                "https://user@a",
                "https:opaque",
                "ftp://localhost/"
            })
    void takes_nothing_else(String address) {
        assertThat(ProviderMetadata.isSafe(URI.create(address))).isFalse();
    }
}
