package dev.drawbridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.local.rest.RestApi;

import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;

class PagesTest {
    @Test
    void a_cursor_may_be_any_text() throws Exception {
        try (var auth = new FlakyAuth(200, "");
                var http = HttpClient.newHttpClient()) {
            var api = new RestApi(http, "");

            var users =
                    RestApi.items(auth.url() + "/api/v1/users?limit=1", url -> api.get(url).body());

            assertThat(users)
                    .extracting(user -> user.path("username").asText())
                    .containsExactly("kim", "lee");
        }
    }
}
