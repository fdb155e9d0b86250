package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Every tool call leaves a record in the datastore, whatever came of it, and the records prove
/// themselves.
@WithSuite
class TrailTest {
    private final Suite suite;

    TrailTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void tells_who_did_what_and_never_a_value_of_the_statement() {
        var api = new AuthApi(suite);
        var token = api.createToken(api.loginOf("head-office"), Map.of());
        var session = McpSession.open(suite, token.text());

        session.query(suite.connection(), "select 'unmistakable' from generate_series(1, 3)");
        session.query(suite.connection(), "delete from retail.orders where id = 70707070");
        session.query(suite.connection(), "select 1 / 0");

        Awaitility.await("the records")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(records(token))
                                .containsExactlyInAnyOrder(
                                        List.of("OK", 3, "select ? from generate_series(?, …)"),
                                        List.of(
                                                "QUERY_REJECTED",
                                                0,
                                                "delete from retail.orders where id = ?"),
                                        List.of("DATABASE_ERROR", 0, "select ? / ?")));
        assertThat(suite.datastore().query("select t::text from gateway.audit_v1 t").toString())
                .contains(token.id())
                .doesNotContain("unmistakable", "70707070");
    }

    @Test
    void proves_itself_and_names_what_a_superuser_changes() {
        var api = new AuthApi(suite);
        var token = api.createToken(api.loginOf("head-office"), Map.of());
        McpSession.open(suite, token.text()).query(suite.connection(), "select 1 as tampered");
        Awaitility.await("the record").until(() -> !records(token).isEmpty());
        assertThat(verify().exitCode()).isZero();

        var place =
                suite.datastore()
                        .query(
                                "select 'gateway/' || chain || '/' || seq from gateway.audit_v1"
                                        + " where credential_id = ?",
                                UUID.fromString(token.id()))
                        .getFirst()
                        .getFirst();
        setRows(1_000_000);
        Drawbridge.Outcome outcome;
        try {
            outcome = verify();
        } finally {
            setRows(-1_000_000);
        }

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stdout()).contains("\"CHANGED\"", "\"" + place + "\"");
        assertThat(verify().exitCode()).isZero();
    }

    private void setRows(int more) {
        suite.datastore()
                .change(
                        "update gateway.audit_record r set rows = r.rows + ?"
                                + " from gateway.audit_v1 v"
                                + " where r.chain = v.chain and r.seq = v.seq"
                                + " and v.statement = 'select ? as tampered'",
                        more);
    }

    private Drawbridge.Outcome verify() {
        return new Drawbridge()
                .run("audit", "verify", "--json", "--home", suite.home().folder().toString());
    }

    private List<List<Object>> records(AuthApi.Token token) {
        return suite.datastore()
                .query(
                        "select outcome, rows, statement from gateway.audit_v1"
                                + " where credential_id = ? and action = 'tool.call'",
                        UUID.fromString(token.id()));
    }
}
