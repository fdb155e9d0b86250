package dev.drawbridge.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.OperatedServer;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a runbook tells an agent to run, run as an agent would.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RunbookTest extends PromptCase {
    private static final Pattern STATEMENT =
            Pattern.compile("(?:params (\\[[^\\n]*\\])\\n)?```sql\\n([^`]+)```");

    private static final Map<String, String> CONNECTIONS = new HashMap<>();

    @BeforeEach
    void storeManager() {
        TestCallers.know(
                "store manager",
                Map.of("owner", "7"),
                "connection:*",
                "read",
                "tool:*",
                "read",
                "prompt:*",
                "read");
    }

    @AfterAll
    static void forget() {
        CONNECTIONS.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void every_statement_runs_for_a_login_that_may_read_only(String version) {
        int run = 0;
        for (String name : names()) {
            for (Map<String, String> given : List.of(Map.<String, String>of(), filled(name))) {
                for (JsonObject statement : statements(version, "agent", name, given)) {
                    structured(call("store manager", "query_database", statement));
                    run++;
                }
            }
        }
        assertThat(run).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "explore-database,1,What lies in the stores.",
        "explore-database,2,REFERENCES stock.item(id)",
        "slow-query,1,insert into stock.wide",
        "slow-query,2,wide",
        "slow-query,3,random_page_cost",
        "blocked-sessions,4,lock_timeout",
        "bloat,1,75.0",
        "bloat,2,\"wide\"",
        "bloat,3,wide_twice",
        "bloat,5,autovacuum_naptime",
        "capacity,1,\"wide\"",
        "capacity,2,\"postgres\"",
        "capacity,3,\"active\"",
        "capacity,4,93.1",
        "capacity,5,left_behind",
        "capacity,6,shared_buffers",
        "schema-design,1,\"part\"",
        "schema-design,2,part_item_fkey",
        "schema-design,3,'[\"wide_once\",\"wide_twice\"]'",
        "schema-design,4,timestamp without time zone",
        "semantic-search-setup,1,pg_trgm",
        "semantic-search-setup,2,embedding",
        "semantic-search-setup,3,note",
        "semantic-search-setup,4,english",
        "diagnose-connection,1,monitor",
        "diagnose-connection,2,monitor",
        "diagnose-connection,3,stock",
        "diagnose-connection,4,monitor"
    })
    void each_statement_finds_what_it_is_for(String name, int number, String found) {
        for (String version : List.of("newest", "oldest")) {
            JsonObject statement = statements(version, "monitor", name, Map.of()).get(number - 1);

            assertThat(rows(statement)).as("%s of %s", number, name).contains(found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void a_blocked_session_and_its_blocker_are_found_by_any_login(String version)
            throws SQLException {
        List<JsonObject> statements = statements(version, "agent", "blocked-sessions", Map.of());

        OperatedServer.of(version)
                .blocked(() -> {
                    assertThat(rows(statements.get(0))).contains("\"postgres\"");
                    assertThat(rows(statements.get(1)))
                            .contains("stock.item", "AccessExclusiveLock", "AccessShareLock");
                });

        assertThat(rows(statements.get(0))).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void tables_are_looked_at_as_far_as_they_are_asked_for(String version) {
        var part = Map.of("schema", "stock", "table", "part");
        JsonObject statement = statements(version, "monitor", "bloat", part).getFirst();

        assertThat(rows(statement)).contains("\"part\"").doesNotContain("\"wide\"");
    }

    private List<String> names() {
        return McpClient.connect(endpoint, "store manager")
                .request("prompts/list", new JsonObject())
                .getJsonArray("prompts")
                .stream()
                .map(it -> ((JsonObject) it).getString("name"))
                .filter(name -> !name.startsWith("test_"))
                .toList();
    }

    /// A value for each argument that a statement may have as a parameter.
    private static Map<String, String> filled(String name) {
        Map<String, String> all = Map.of("schema", "stock", "table", "wide");
        Map<String, String> known = new HashMap<>(all);
        known.keySet()
                .retainAll(
                        RunbookText.read(name).arguments().stream()
                                .map(Prompt.Argument::name)
                                .toList());
        return known;
    }

    private String rows(JsonObject statement) {
        return structured(call("store manager", "query_database", statement))
                .getJsonArray("rows")
                .encode();
    }

    /// The arguments of each `query_database` that a prompt tells of.
    private List<JsonObject> statements(
            String version, String login, String name, Map<String, String> given) {
        String connection = connectionTo(version, login);
        Map<String, String> arguments = new HashMap<>(given);
        arguments.put("connection_id", connection);
        if (name.equals("write-query")) {
            arguments.put("question", "How much is there?");
        }
        List<JsonObject> all = new ArrayList<>();
        var matcher = STATEMENT.matcher(prompt("store manager", name, arguments));
        while (matcher.find()) {
            var call =
                    new JsonObject().put("connection_id", connection).put("sql", matcher.group(2));
            if (matcher.group(1) != null) {
                call.put("params", new JsonArray(matcher.group(1)));
            }
            all.add(call);
        }
        return all;
    }

    private static String connectionTo(String version, String login) {
        OperatedServer server = OperatedServer.of(version);
        return CONNECTIONS.computeIfAbsent(
                version + login,
                of ->
                        register(
                                        connection("runbooks of " + of)
                                                .put("port", server.port())
                                                .put("username", login))
                                .statusCode(201)
                                .extract()
                                .path("id"));
    }
}
