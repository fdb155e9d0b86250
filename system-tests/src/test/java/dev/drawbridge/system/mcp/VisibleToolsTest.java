package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What a caller may not use it does not see, and cannot call.
@WithSuite
class VisibleToolsTest {
    private final Suite suite;

    VisibleToolsTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void are_listed_in_the_same_order_every_time() {
        var orders = new HashSet<List<String>>();
        for (int i = 0; i < 20; i++) {
            orders.add(McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite)).toolNames());
        }

        assertThat(orders).hasSize(1);
        assertThat(orders.iterator().next()).isSorted().hasSize(5);
    }

    @Test
    void are_those_of_the_tokens_scope_alone() {
        var session = scopedTo("tool:list_connections");

        assertThat(session.toolNames()).containsExactly("list_connections");
    }

    @Test
    void hide_what_lies_outside_the_scope_from_calls_too() {
        var session = scopedTo("tool:list_connections");

        var hidden = refusal(session, "query_database");
        var madeUp = refusal(session, "no_such_tool");

        assertThat(hidden.error().toString().replace("query_database", "no_such_tool"))
                .isEqualTo(madeUp.error().toString());
    }

    @Test
    void reach_no_connection_that_the_scope_leaves_out() {
        var session = scopedTo("tool:*");

        assertThat(session.call("list_connections", Map.of()).structured().path("connections"))
                .isEmpty();
        assertThat(session.query(suite.connection(), "select 1").code()).isEqualTo("NOT_FOUND");
        assertThat(session.request("resources/list", Map.of()).path("resources")).isEmpty();
        assertThat(session.request("prompts/list", Map.of()).path("prompts")).isEmpty();
    }

    private McpSession scopedTo(String object) {
        var api = new AuthApi(suite);
        var token =
                api.createToken(
                        api.loginOf("head-office"),
                        Map.of("scopes", List.of(Map.of("object", object, "level", "read"))));
        return McpSession.open(suite, token.text());
    }

    private McpSession.Refused refusal(McpSession session, String tool) {
        var arguments = Map.of("connection_id", suite.connection(), "sql", "select 1");
        return catchThrowableOfType(McpSession.Refused.class, () -> session.call(tool, arguments));
    }
}
