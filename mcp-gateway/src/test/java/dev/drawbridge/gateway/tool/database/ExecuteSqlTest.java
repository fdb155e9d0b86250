package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ExecuteSqlTest extends WriteCase {
    @Test
    void a_write_is_committed_and_tells_what_it_did() {
        JsonObject result =
                execute(
                        "alice",
                        onTill(
                                        "update till.sale set amount = amount + $1 where id = $2 returning"
                                                + " id, amount")
                                .put("params", new JsonArray().add(5).add(1)));

        JsonObject answer = structured(result);
        assertThat(answer.getString("outcome")).isEqualTo("committed");
        assertThat(answer.getInteger("affectedRows")).isEqualTo(1);
        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[1,15]]");
        assertThat(answer.getBoolean("truncated")).isFalse();
        assertThat(text(result)).contains("<data-", "Committed: 1 row affected.");
        assertThat(sales()).contains("\"amount\":15");
    }

    @Test
    void a_write_without_returning_has_no_rows() {
        JsonObject answer =
                structured(execute("alice", "insert into till.sale values (4, 'alice', 1)"));

        assertThat(answer.encode())
                .isEqualTo("{\"outcome\":\"committed\",\"affectedRows\":1,\"warnings\":[]}");
    }

    @Test
    void a_dry_run_changes_nothing_and_says_what_it_leaves() {
        JsonObject answer =
                structured(
                        execute(
                                "alice",
                                onTill("delete from till.sale where id = 1 returning id")
                                        .put("dry_run", true)));

        assertThat(answer.getString("outcome")).isEqualTo("dry_run");
        assertThat(answer.getInteger("affectedRows")).isEqualTo(1);
        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[1]]");
        assertThat(answer.getJsonArray("warnings").encode()).contains("sequences");
        assertThat(answer.containsKey("confirmation")).isFalse();
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void rows_beyond_the_limit_are_changed_all_the_same() {
        JsonObject answer =
                structured(
                        execute(
                                "alice",
                                onTill("update till.big set n = 1 where id <= 500 returning id")
                                        .put("limit", 2)));

        assertThat(answer.getInteger("affectedRows")).isEqualTo(500);
        assertThat(answer.getInteger("rowCount")).isEqualTo(2);
        assertThat(answer.getBoolean("truncated")).isTrue();
        assertThat(answer.getJsonArray("warnings").encode()).contains("All of it was done");
        assertThat(stored("select count(*) as c from till.big where n = 1"))
                .isEqualTo("[{\"c\":500}]");
    }

    @Test
    void what_the_database_refuses_changes_nothing() {
        JsonObject error =
                error(
                        execute(
                                "alice",
                                "insert into till.sale values (5, 'alice', 1), (1, 'alice', 1)"));

        assertThat(error.getString("code")).isEqualTo("DATABASE_ERROR");
        assertThat(error.getString("sqlState")).isEqualTo("23505");
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void what_the_guard_refuses_changes_nothing() {
        for (String sql :
                List.of(
                        "select 1",
                        "create table till.x (a int)",
                        "insert into till.line select set_config('app.owner', 'bob', false)",
                        "delete from till.sale where id = 1; delete from till.sale where id = 2",
                        "truncate till.sale",
                        "grant all on till.sale to public")) {
            assertThat(error(execute("alice", sql)).getString("code"))
                    .as(sql)
                    .isEqualTo("QUERY_REJECTED");
        }
        assertThat(sales()).isEqualTo(UNTOUCHED);
        assertThat(
                        error(
                                        call(
                                                "alice",
                                                "query_database",
                                                onTill(
                                                        "with x as (delete from till.sale returning"
                                                                + " 1) select * from x")))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
    }

    @Test
    void the_schema_changes_where_the_connection_says_so() {
        JsonObject onYard = new JsonObject().put("connection_id", yard);

        for (String sql :
                List.of(
                        "create table yard.tree (id int primary key, kind text)",
                        "create index on yard.tree (kind)",
                        "alter table yard.tree add column height int default 1",
                        "insert into yard.tree values (1, 'oak')",
                        "comment on table yard.tree is 'grows'")) {
            assertThat(structured(execute("alice", onYard.copy().put("sql", sql))).encode())
                    .as(sql)
                    .contains("committed");
        }
        assertThat(stored("select id, kind, height from yard.tree"))
                .isEqualTo("[{\"id\":1,\"kind\":\"oak\",\"height\":1}]");
        JsonObject asked =
                structured(execute("alice", onYard.copy().put("sql", "drop table yard.tree")));
        assertThat(asked.getString("outcome")).isEqualTo("confirmation_required");
        assertThat(
                        structured(
                                        execute(
                                                "alice",
                                                onYard.copy()
                                                        .put("sql", "drop table yard.tree")
                                                        .put(
                                                                "confirmation",
                                                                asked.getString("confirmation"))))
                                .getString("outcome"))
                .isEqualTo("committed");
    }

    @Test
    void who_can_write_nowhere_does_not_see_the_tool() {
        TestCallers.know("reader", Map.of(), "connection:" + till, "read", "tool:*", "read");
        TestCallers.know(
                "scoped",
                Map.of(),
                new Grants(
                        Map.of(
                                ProtectedObject.tool("*"),
                                Level.ADMIN,
                                ProtectedObject.connection("*"),
                                Level.READ)),
                "*",
                "admin");

        assertThat(names("alice")).contains("execute_sql");
        for (String caller : List.of("reader", "scoped")) {
            assertThat(names(caller)).contains("query_database").doesNotContain("execute_sql");
            JsonObject refused = execute(caller, "delete from till.sale where id = 1");
            assertThat(refused.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
        }
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void who_can_write_elsewhere_is_told_what_is_missing() {
        TestCallers.know(
                "elsewhere",
                Map.of("owner", "alice"),
                "connection:" + till,
                "read",
                "connection:" + yard,
                "write",
                "connection:" + shop,
                "write",
                "tool:*",
                "read");

        JsonObject level = error(execute("elsewhere", "delete from till.sale where id = 1"));
        JsonObject connection =
                error(execute("elsewhere", sql("delete from shop.item where id = 1")));

        assertThat(level.getString("code")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(level.getString("detail")).contains("write on connection:" + till);
        assertThat(connection.getString("code")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(connection.getString("detail")).contains("allowWrites is false");
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void a_grant_on_another_database_of_the_server_is_none_on_this() {
        TestCallers.know(
                "guest",
                Map.of("owner", "alice"),
                "connection:" + till,
                "read",
                "connection:" + till + "/other",
                "write",
                "tool:*",
                "read");

        assertThat(error(execute("guest", "delete from till.sale where id = 1")).getString("code"))
                .isEqualTo("AUTHORIZATION_ERROR");
    }

    @Test
    void four_hints_say_what_it_is_and_the_list_of_tools_stays_short() {
        List<JsonObject> tools = tools("alice");

        JsonObject hints =
                tools.stream()
                        .filter(tool -> tool.getString("name").equals("execute_sql"))
                        .findFirst()
                        .orElseThrow()
                        .getJsonObject("annotations");
        assertThat(hints.getBoolean("readOnlyHint")).isFalse();
        assertThat(hints.getBoolean("destructiveHint")).isTrue();
        assertThat(hints.getBoolean("idempotentHint")).isFalse();
        assertThat(hints.getBoolean("openWorldHint")).isTrue();
        assertThat(new JsonArray(tools).encode().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(8_192);
    }

    @Test
    void wrong_arguments_are_named() {
        for (JsonObject arguments :
                List.of(
                        onTill("select 1").put("dry_run", "yes"),
                        onTill("select 1").put("dryrun", true),
                        onTill("select 1").put("confirmation", 1),
                        onTill("select 1").put("limit", 1001),
                        new JsonObject().put("connection_id", till))) {
            assertThat(error(execute("alice", arguments)).getString("code"))
                    .as(arguments.encode())
                    .isEqualTo("VALIDATION_ERROR");
        }
    }

    @Test
    void a_hundred_writers_at_once_are_all_counted() throws Exception {
        var client = McpClient.connect(endpoint, "alice");
        Callable<JsonObject> one =
                () ->
                        client.call(
                                "execute_sql",
                                onTill("update till.big set n = n + 1 where id = 7"));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = executor.invokeAll(IntStream.range(0, 100).mapToObj(_ -> one).toList());
            for (var each : all) {
                assertThat(structured(each.get()).getInteger("affectedRows")).isEqualTo(1);
            }
        }
        assertThat(stored("select n from till.big where id = 7")).isEqualTo("[{\"n\":100}]");
    }

    @Test
    void list_connections_tells_how_far_writes_go() {
        String connections =
                structured(call("alice", "list_connections", new JsonObject())).encode();

        assertThat(connections)
                .contains("\"allowWrites\":true,\"writeMode\":\"dml\"")
                .contains("\"allowWrites\":true,\"writeMode\":\"ddl\"");
    }
}
