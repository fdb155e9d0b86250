package dev.drawbridge.identity.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

class BaseUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example.com/realms/a", "https://id.example.com/realms/a/"})
    void takes_a_slash_at_its_end_for_none(String url) {
        assertThat(BaseUrl.of(URI.create(url)).at("/b#c"))
                .hasToString("https://id.example.com/realms/a/b#c");
    }
}
