package dev.drawbridge.system.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.mcp.ModernClient;
import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Database;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.Validator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// Every tool, on the oldest and the newest PostgreSQL, for a store manager and for a database
/// administrator, through a client of either era.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryToolTest {
    private static final int MOST_BYTES = 20_480;
    private static final String ALL = "?features=all";

    /// What only those get who look after the database.
    private static final String REFUSED = "AUTHORIZATION_ERROR";

    private final Suite suite;
    private final AuthApi api;
    private final String admin;
    private final Map<String, Client> clients = new TreeMap<>();

    /// By `oldest` and `newest`.
    private final Map<String, String> retail = new TreeMap<>();

    private final Map<String, String> wide = new TreeMap<>();
    private final Map<String, JsonNode> tools = new TreeMap<>();
    private OldServer old;

    EveryToolTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.admin = api.admin();
    }

    /// A caller with a client of each era.
    private record Client(McpSession legacy, ModernClient modern) {}

    @BeforeAll
    void prepare() {
        old = new OldServer();
        var oldest =
                new Database("127.0.0.1", old.port(), "retail", "retail_agent", "agent-secret");
        retail.put("newest", suite.connection());
        retail.put("oldest", connection(oldest));
        wide.put("newest", connection(wide(suite.server(), suite.demo())));
        wide.put("oldest", connection(wide(old.superuser(), oldest)));
        client("manager", Map.of("retail_role", "store_manager", "store_id", 7), "read");
        client("dba", Map.of("retail_role", "head_office"), "admin");
        ModernClient.of(suite, admin, ALL)
                .tools()
                .forEach(tool -> tools.put(tool.path("name").asText(), tool));
    }

    @AfterAll
    void stop() {
        for (String id : List.of(retail.get("oldest"), wide.get("newest"), wide.get("oldest"))) {
            String tag = api.gateway(admin).get("/api/v1/connections/" + id).header("ETag");
            api.gateway(admin).header("If-Match", tag).delete("/api/v1/connections/" + id);
        }
        suite.server().change("drop database wide with (force)");
        old.close();
    }

    @Test
    void every_tool_has_an_example() {
        assertThat(ToolExample.all().stream().map(ToolExample::tool).distinct())
                .containsAll(tools.keySet());
    }

    @Test
    void every_example_is_answered_alike_in_both_eras_and_on_both_servers() {
        for (ToolExample example : examples()) {
            for (String caller : clients.keySet()) {
                ToolResult oldest = answer(example, caller, retail.get("oldest"));
                ToolResult newest = answer(example, caller, retail.get("newest"));
                assertThat(newest.code()).as(example + " for " + caller).isEqualTo(oldest.code());
                if (example.answer() == ToolExample.Answer.SAME) {
                    assertThat(plain(newest)).as(example + caller).isEqualTo(plain(oldest));
                }
            }
        }
    }

    @Test
    void a_thousand_tables_fit_into_every_answer() throws IOException {
        var weighed = new WideAnswers();
        for (ToolExample example : examples()) {
            for (var server : wide.entrySet()) {
                var arguments = onWide(example, server.getValue());
                String what = example.tool() + " on " + server.getKey();
                for (int call = 0; call <= WideAnswers.CALLS; call++) {
                    long started = System.nanoTime();
                    ToolResult result = clients.get("dba").modern().call(example.tool(), arguments);
                    long taken = System.nanoTime() - started;

                    assertThat(result.isError()).as(what + ": " + result.text()).isFalse();
                    int bytes = bytes(result.json().toString());
                    assertThat(bytes)
                            .as(what + ": " + result.text())
                            .isLessThanOrEqualTo(MOST_BYTES);
                    weighed.add(example.tool(), server.getKey(), bytes, call == 0, taken);
                }
            }
        }
        Files.writeString(Checkout.target().resolve("wide.md"), weighed.table());
    }

    @Test
    void the_thousand_tables_claim_a_hundred_gigabytes() {
        for (Database server : List.of(suite.server(), old.superuser())) {
            var claimed = server.in(WideDatabase.NAME).query(WideDatabase.CLAIMED);
            assertThat((Long) claimed.getFirst().getFirst())
                    .isGreaterThan(WideDatabase.HUNDRED_GIGABYTES);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private List<ToolExample> examples() {
        return ToolExample.all().stream().filter(example -> !example.isOnTill()).toList();
    }

    /// The answer in the session, which is that without one.
    private ToolResult answer(ToolExample example, String caller, String connection) {
        JsonNode tool = tools.get(example.tool());
        var arguments = example.on(tool, connection);
        ToolResult modern = clients.get(caller).modern().call(example.tool(), arguments);
        ToolResult legacy = clients.get(caller).legacy().call(example.tool(), arguments);
        String what = example + " for " + caller + " answered " + modern.text();

        if (modern.isError()) {
            assertThat(caller).as(what).isEqualTo("manager");
            assertThat(modern.code()).as(what).isEqualTo(REFUSED);
        } else if (tool.has("outputSchema")) {
            assertThat(isOf(tool.path("outputSchema"), modern.structured())).as(what).isTrue();
        }
        assertThat(legacy.code()).as(what).isEqualTo(modern.code());
        if (example.answer() == ToolExample.Answer.SAME) {
            assertThat(plain(legacy)).as(what).isEqualTo(plain(modern));
        }
        return modern;
    }

    private static boolean isOf(JsonNode schema, JsonNode json) {
        return Validator.create(
                        JsonSchema.of(new JsonObject(schema.toString())),
                        new JsonSchemaOptions()
                                .setBaseUri("urn:drawbridge:test")
                                .setDraft(Draft.DRAFT202012))
                .validate(new JsonObject(json.toString()))
                .getValid();
    }

    /// Without what is another each time.
    private String plain(ToolResult result) {
        String json = result.structured().toString();
        for (String id : retail.values()) {
            json = json.replace(id, "…");
        }
        return json.replaceAll("k[0-9]+:[A-Za-z0-9+/=_-]{20,}", "k1:…");
    }

    private Map<String, Object> onWide(ToolExample example, String connection) {
        var arguments = new HashMap<>(example.wide() == null ? Map.of() : example.wide());
        var tool = tools.get(example.tool());
        if (tool.at("/inputSchema/properties").has("connection_id")) {
            arguments.put("connection_id", connection);
        }
        List<String> required = new ArrayList<>();
        StreamSupport.stream(tool.at("/inputSchema/required").spliterator(), false)
                .forEach(name -> required.add(name.asText()));
        assertThat(arguments.keySet()).as(example.tool() + " on wide").containsAll(required);
        return arguments;
    }

    private static Database wide(Database server, Database agent) {
        server.change("drop database if exists wide with (force)");
        server.change("create database wide");
        server.in(WideDatabase.NAME).change(WideDatabase.TABLES);
        return agent.in(WideDatabase.NAME);
    }

    private String connection(Database database) {
        var wanted = new HashMap<>(database.asConnection());
        wanted.put(
                "rls",
                Map.of(
                        "mode",
                        "claims",
                        "settings",
                        Map.of(
                                "app.retail_role", "attributes.retail_role",
                                "app.store_id", "attributes.store_id",
                                "app.region", "attributes.region")));
        return api.createConnection(admin, wanted);
    }

    private void client(String name, Map<String, ?> attributes, String level) {
        var person = api.createPerson(admin, attributes);
        List<String> connections = new ArrayList<>();
        retail.values().forEach(id -> connections.add("connection:" + id));
        wide.values().forEach(id -> connections.add("connection:" + id));
        api.allow(admin, person, connections, level);
        api.allow(admin, person, List.of("tool:*"));
        String token =
                api.createToken(api.login(person.username(), person.password()), Map.of()).text();
        clients.put(
                name,
                new Client(McpSession.open(suite, token, ALL), ModernClient.of(suite, token, ALL)));
    }
}
