package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Map;

/// The transport of 2024-11-05 (a stream, and a path to post to) comes with the extension. It is
/// bound to its caller as sessions are, or it is not there.
@WithSuite
class LegacyStreamTest {
    private static final int KEPT = 100;

    private final Suite suite;

    LegacyStreamTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void needs_a_credential() {
        try (var stream = LegacyStream.open(suite, "dbk_unknown")) {
            assertThat(stream.status()).isIn(401, 404, 405);
        }
    }

    @Test
    void takes_no_message_from_another_caller() {
        String token = RetailIdentity.HEAD_OFFICE.token(suite);
        try (var stream = LegacyStream.open(suite, token)) {
            var thief =
                    McpHttp.to(suite.gateway() + stream.path())
                            .bearer(RetailIdentity.STORE_MANAGER.token(suite));

            var answer = thief.post(1, "initialize", McpSession.initialization());

            assertThat(answer.statusCode()).isIn(404, 405);
        }
    }

    @Test
    void are_kept_to_a_hundred_a_caller() {
        var api = new AuthApi(suite);
        var person = api.createPerson(api.admin(), Map.of());
        String login = api.login(person.username(), person.password());
        var streams = new ArrayList<LegacyStream>();
        try {
            for (int i = 0; i < KEPT + 20; i++) {
                streams.add(LegacyStream.open(suite, login));
            }

            assertThat(streams.stream().filter(LegacyStream::isOpen).count())
                    .isLessThanOrEqualTo(KEPT);
        } finally {
            streams.forEach(LegacyStream::close);
        }
    }
}
