package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Somebody whom the demo does not know.
@WithSuite
class NewcomerTest {
    private final Suite suite;
    private final AuthApi api;

    NewcomerTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
    }

    @Test
    void sees_no_tool_without_a_grant() {
        assertThat(newcomer(Map.of(), List.of()).toolNames()).isEmpty();
    }

    @Test
    void sees_the_rows_of_the_attributes_it_was_given() {
        var session =
                newcomer(
                        Map.of("retail_role", "store_manager", "store_id", 3),
                        List.of("connection:" + suite.connection(), "tool:query_database"));

        var stores = session.query(suite.connection(), "select id from retail.stores");

        assertThat(session.toolNames()).containsExactly("query_database");
        assertThat(stores.column("id")).containsExactly("3");
    }

    @Test
    void sees_no_row_without_attributes() {
        var session =
                newcomer(
                        Map.of(),
                        List.of("connection:" + suite.connection(), "tool:query_database"));

        var stores = session.query(suite.connection(), "select count(*) from retail.orders");

        assertThat(stores.rows()).isEqualTo(List.of(List.of("0")));
    }

    private McpSession newcomer(Map<String, ?> attributes, List<String> objects) {
        String admin = api.admin();
        var person = api.createPerson(admin, attributes);
        api.allow(admin, person, objects);
        String login = api.login(person.username(), person.password());
        return McpSession.open(suite, api.createToken(login, Map.of()).text());
    }
}
