package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// A query ends on the server too when nobody waits for it any more.
@WithSuite
class EndedQueryTest {
    private final Suite suite;
    private final McpSession session;
    private final LongQuery query = LongQuery.create();

    EndedQueryTest(Suite suite) {
        this.suite = suite;
        this.session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
    }

    @AfterEach
    void the_next_calls_are_healthy() {
        for (int i = 0; i < 20; i++) {
            var next = session.query(suite.connection(), "select %d as i".formatted(i));
            assertThat(next.column("i")).containsExactly(String.valueOf(i));
        }
    }

    @Test
    void a_query_of_hours_ends_at_its_deadline() {
        var answer = session.query(suite.connection(), query.sql());

        assertThat(answer.isError()).isTrue();
        assertThat(answer.code()).isEqualTo("QUERY_TIMEOUT");
        assertThat(answer.error().path("detail").asText())
                .contains(String.valueOf(Suite.STATEMENT_TIMEOUT.toMillis()));
        query.awaitGone(suite);
    }

    @Test
    void a_query_ends_when_its_client_hangs_up() {
        try (var call = query.hang(suite, session, 1)) {
            query.awaitRunning(suite);

            call.close();

            query.awaitGone(suite);
        }
    }

    @Test
    void a_query_ends_when_its_client_cancels_it() {
        try (var _ = query.hang(suite, session, 77)) {
            query.awaitRunning(suite);

            session.notify("notifications/cancelled", Map.of("requestId", 77, "reason", "enough"));

            query.awaitGone(suite);
        }
    }
}
