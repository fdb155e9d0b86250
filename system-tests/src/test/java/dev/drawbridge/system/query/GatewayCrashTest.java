package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// kill -9 of the gateway while clients work.
@WithSuite
class GatewayCrashTest {
    private static final int CLIENTS = 8;

    private final Suite suite;

    GatewayCrashTest(Suite suite) {
        this.suite = suite;
    }

    @AfterEach
    void the_suite_runs_again() {
        suite.up();
    }

    @Test
    void leaves_no_transaction_and_its_clients_recover() {
        var longQuery = LongQuery.create();
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
        try (var load = Load.of(suite, RetailIdentity.STORE_MANAGER, CLIENTS);
                var _ = longQuery.hang(suite, session, 1)) {
            load.awaitMoreAnswers();
            longQuery.awaitRunning(suite);

            ProcessHandle.of(suite.home().pid("mcp-gateway")).orElseThrow().destroyForcibly();
            var killed = Instant.now();

            Awaitility.await("no transaction of the killed gateway")
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(suite.server().openTransactionsSince(killed)).isEmpty());
            load.awaitFailures();
            suite.up();
            load.awaitMoreAnswers();
            assertThat(load.wrongAnswers()).isEmpty();
        }
    }
}
