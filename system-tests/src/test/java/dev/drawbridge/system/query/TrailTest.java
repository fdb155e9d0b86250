package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Every tool call leaves a record in the datastore, whatever came of it.
@WithSuite
class TrailTest {
    private final Suite suite;

    TrailTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void tells_who_did_what_and_never_the_statement() {
        var api = new AuthApi(suite);
        var token = api.createToken(api.loginOf("head-office"), Map.of());
        var session = McpSession.open(suite, token.text());

        session.query(suite.connection(), "select 'unmistakable' from generate_series(1, 3)");
        session.query(suite.connection(), "delete from retail.orders");
        session.query(suite.connection(), "select 1 / 0");

        Awaitility.await("the records")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(records(token))
                                .containsExactlyInAnyOrder(
                                        List.of("query_database", "OK", 3),
                                        List.of("query_database", "QUERY_REJECTED", 0),
                                        List.of("query_database", "DATABASE_ERROR", 0)));
        assertThat(suite.datastore().query("select t::text from gateway.tool_call t").toString())
                .contains(token.id())
                .doesNotContain("unmistakable", "retail.orders");
    }

    private List<List<Object>> records(AuthApi.Token token) {
        return suite.datastore()
                .query(
                        "select tool, outcome, rows from gateway.tool_call where credential_id = ?",
                        UUID.fromString(token.id()));
    }
}
