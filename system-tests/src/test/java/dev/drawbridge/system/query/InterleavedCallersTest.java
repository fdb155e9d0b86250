package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two identities, each call of one followed by a call of the other on the same server sessions,
/// and with the same JSON-RPC ids.
@WithSuite
class InterleavedCallersTest {
    private static final int CALLS = 200;
    private static final int AT_ONCE = 8;
    private static final String ORDERS =
            """
            select o.store_id, s.region, pg_backend_pid() as session
              from retail.orders o join retail.stores s on s.id = o.store_id
             limit 50
            """;

    private final Suite suite;

    InterleavedCallersTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void never_get_a_row_of_the_other() throws Exception {
        var answers = interleaved();

        var stores = new HashSet<String>();
        var regions = new HashSet<String>();
        for (int i = 0; i < CALLS; i++) {
            assertThat(answers.get(i).rowCount()).isPositive();
            if (i % 2 == 0) {
                stores.addAll(answers.get(i).column("store_id"));
            } else {
                regions.addAll(answers.get(i).column("region"));
            }
        }
        assertThat(stores).containsExactly("7");
        assertThat(regions).containsExactly("West");
        assertThat(sessions(answers, 0)).containsAnyElementsOf(sessions(answers, 1));
    }

    /// The answers in the order of the calls: the store manager's are the even ones.
    private List<ToolResult> interleaved() throws InterruptedException, ExecutionException {
        var callers =
                List.of(
                        McpSession.open(suite, RetailIdentity.STORE_MANAGER.token(suite)),
                        McpSession.open(suite, RetailIdentity.REGIONAL_MANAGER.token(suite)));
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var calls = new ArrayList<Future<ToolResult>>();
            for (int i = 0; i < CALLS; i++) {
                var caller = callers.get(i % 2);
                calls.add(threads.submit(() -> caller.query(suite.connection(), ORDERS)));
            }
            var answers = new ArrayList<ToolResult>();
            for (var call : calls) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    /// Proves that they shared a pool.
    private static Set<String> sessions(List<ToolResult> answers, int caller) {
        var sessions = new HashSet<String>();
        for (int i = caller; i < CALLS; i += 2) {
            sessions.addAll(answers.get(i).column("session"));
        }
        return sessions;
    }
}
