package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What an agent must not send gets an error that it can act on, and harms nothing: behind each
/// test the same session is healthy and the orders are all there.
@WithSuite
class RefusedInputTest {
    private static final String COUNT = "select count(*) from retail.orders";

    private static final List<String> HARMFUL =
            List.of(
                    "DELETE FROM retail.orders",
                    "COMMIT; DROP TABLE retail.orders",
                    "select 1; select 2",
                    "with gone as (delete from retail.orders returning *) select * from gone",
                    "/* select */ update retail.orders set status = 'x'",
                    "SELECT * FROM retail.orders FOR UPDATE",
                    "select * into retail.stolen from retail.orders",
                    "set statement_timeout = 0",
                    "reset all",
                    "do $$ begin perform 1; end $$",
                    "call pg_catalog.anything()",
                    "copy retail.orders to '/tmp/orders'",
                    "listen anything",
                    "prepare p as select 1",
                    "lock table retail.orders",
                    "select set_config('app.retail_role', 'head_office', true)",
                    "select U&\"set_c\\006fnfig\"('app.retail_role', 'head_office', true)",
                    "select pg_catalog.\"set_config\"('role', 'none', true)",
                    "select lo_create(0)",
                    "select pg_notify('a', 'b')",
                    "select pg_advisory_lock(1)",
                    "select query_to_xml('select 1', true, true, '')",
                    "select * from pg_read_file('/etc/passwd')",
                    "select pg_terminate_backend(1)",
                    "select query from pg_stat_activity",
                    "explain analyze delete from retail.orders",
                    "discard all",
                    "declare c cursor with hold for select 1");

    private final Suite suite;
    private final McpSession session;
    private final List<List<String>> orders;

    RefusedInputTest(Suite suite) {
        this.suite = suite;
        this.session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
        this.orders = RetailIdentity.HEAD_OFFICE.truth(suite, COUNT);
    }

    @AfterEach
    void the_next_call_is_healthy() {
        assertThat(session.query(suite.connection(), COUNT).rows()).isEqualTo(orders);
    }

    @ParameterizedTest
    @FieldSource("HARMFUL")
    void rejects_a_statement_that_does_more_than_read(String sql) {
        var result = session.query(suite.connection(), sql);

        assertThat(result.isError()).isTrue();
        assertThat(result.code()).isEqualTo("QUERY_REJECTED");
        assertThat(result.text()).startsWith("QUERY_REJECTED: ");
        assertThat(result.error().path("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    selec 1                           | QUERY_REJECTED |
                    select * from                     | QUERY_REJECTED |
                    select * from retail.nothing      | DATABASE_ERROR | 42P01
                    select nothing from retail.orders | DATABASE_ERROR | 42703
                    select 1 / 0                      | DATABASE_ERROR | 22012
                    select 'x'::int                   | DATABASE_ERROR | 22P02
                    """)
    void says_what_the_database_said(String sql, String code, String sqlState) {
        var result = session.query(suite.connection(), sql);

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.error().path("sqlState").asText(null)).isEqualTo(sqlState);
    }

    @Test
    void points_at_the_place_of_a_mistake() {
        var result = session.query(suite.connection(), "select id, nothing from retail.orders");

        assertThat(result.error().path("position").asInt()).isEqualTo(12);
    }

    @Test
    void names_an_argument_of_the_wrong_type() {
        invalid(session.query(suite.connection(), "select 1", Map.of("limit", "many")), "limit");
    }

    @Test
    void names_an_argument_out_of_its_bounds() {
        invalid(session.query(suite.connection(), "select 1", Map.of("limit", 1001)), "limit");
    }

    @Test
    void names_an_unknown_argument() {
        invalid(
                session.query(suite.connection(), "select 1", Map.of("read_only", false)),
                "read_only");
    }

    @Test
    void names_a_missing_argument() {
        invalid(session.call("query_database", Map.of("connection_id", suite.connection())), "sql");
    }

    @Test
    void names_an_unknown_tool() {
        var refused =
                catchThrowableOfType(
                        McpSession.Refused.class, () -> session.call("drop_everything", Map.of()));

        assertThat(refused.error().path("code").asInt()).isEqualTo(-32602);
        assertThat(refused.error().path("message").asText()).contains("drop_everything");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-id", "../../etc", "00000000-0000-0000-0000-000000000000"})
    void finds_no_connection_of_a_made_up_id(String id) {
        assertThat(session.query(id, "select 1").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void finds_no_connection_that_belongs_to_others() {
        var api = new AuthApi(suite);
        String foreign = api.createConnection(api.admin(), suite.demo());

        var byTool = session.query(foreign, "select 1");
        var madeUp = session.query(UUID.randomUUID().toString(), "select 1");
        var listed = session.call("list_connections", Map.of());

        assertThat(byTool.code()).isEqualTo("NOT_FOUND");
        assertThat(byTool.error().fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> madeUp.error().fieldNames());
        assertThat(listed.text()).doesNotContain(foreign).contains(suite.connection());
        var read =
                catchThrowableOfType(
                        McpSession.Refused.class,
                        () ->
                                session.request(
                                        "resources/read",
                                        Map.of("uri", "pg://" + foreign + "/info")));
        assertThat(read.error().path("code").asInt()).isEqualTo(-32002);
        api.gateway(RetailIdentity.HEAD_OFFICE.token(suite))
                .get("/api/v1/connections/" + foreign)
                .then()
                .statusCode(404);
    }

    @Test
    void refuses_the_cursor_of_another_caller() {
        String sql = "select id from retail.products order by id";
        var first = session.query(suite.connection(), sql);
        var other = McpSession.open(suite, RetailIdentity.REGIONAL_MANAGER.token(suite));

        var stolen = other.query(suite.connection(), sql, Map.of("cursor", first.nextCursor()));

        assertThat(first.nextCursor()).isNotEmpty();
        invalid(stolen, "cursor");
    }

    private static void invalid(ToolResult result, String field) {
        assertThat(result.isError()).isTrue();
        assertThat(result.code()).isEqualTo("VALIDATION_ERROR");
        assertThat(result.error().path("field").asText()).isEqualTo(field);
        assertThat(result.text()).contains(field);
    }
}
