package dev.drawbridge.system.access;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.mcp.McpHttp;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What MCP answers to everybody: a count for a list, `ok`, the code of a tool's or the protocol's
/// error, or the status of a refusal.
final class McpAccess {
    private final Suite suite;
    private final Map<Asker, McpSession> sessions = new EnumMap<>(Asker.class);

    McpAccess(Suite suite, Credentials credentials) {
        this.suite = suite;
        for (Asker asker : Asker.values()) {
            if (asker != Asker.NOBODY) {
                sessions.put(asker, McpSession.open(suite, credentials.of(asker)));
            }
        }
    }

    Map<String, Map<Asker, String>> answers() {
        Map<String, Map<Asker, String>> answers = new LinkedHashMap<>();
        for (String list : new String[] {"tools", "prompts", "resources", "resources/templates"}) {
            ask(answers, list + "/list", list + "/list", Map.of());
        }
        for (String tool : new TreeSet<>(sessions.get(Asker.ADMIN).toolNames())) {
            var call = Map.of("name", tool, "arguments", arguments(tool));
            ask(answers, "tools/call " + tool, "tools/call", call);
        }
        for (String resource : new String[] {"/info", "/schema/retail/orders"}) {
            var uri = Map.of("uri", "pg://" + suite.connection() + resource);
            ask(answers, "resources/read " + resource, "resources/read", uri);
        }
        for (JsonNode prompt :
                sessions.get(Asker.ADMIN).request("prompts/list", Map.of()).path("prompts")) {
            String name = prompt.path("name").asText();
            var wanted = Map.of("name", name, "arguments", required(prompt));
            ask(answers, "prompts/get " + name, "prompts/get", wanted);
        }
        ask(answers, "completion/complete", "completion/complete", completion());
        ask(answers, "logging/setLevel", "logging/setLevel", Map.of("level", "error"));
        ask(answers, "ping", "ping", Map.of());
        answers.put("GET /mcp/v1", statuses(McpHttp::get));
        answers.put("DELETE /mcp/v1", statuses(http -> http.delete().statusCode()));
        return answers;
    }

    /// What the server offers, as it says itself.
    Set<String> offered() {
        Set<String> offered = new TreeSet<>();
        sessions.get(Asker.ADMIN)
                .server()
                .path("capabilities")
                .fieldNames()
                .forEachRemaining(offered::add);
        return offered;
    }

    /// Which tables begin so.
    private Map<String, ?> completion() {
        return Map.of(
                "ref",
                Map.of("type", "ref/resource", "uri", "pg://{connection}/schema/{schema}/{table}"),
                "argument",
                Map.of("name", "table", "value", "ord"),
                "context",
                Map.of("arguments", Map.of("connection", suite.connection(), "schema", "retail")));
    }

    /// Of the endpoint itself, in everybody's session.
    private Map<Asker, String> statuses(Function<McpHttp, Integer> request) {
        Map<Asker, String> row = new EnumMap<>(Asker.class);
        for (Asker asker : Asker.values()) {
            var http =
                    asker == Asker.NOBODY
                            ? McpHttp.to(suite.summary().mcp())
                            : sessions.get(asker).http();
            row.put(asker, String.valueOf(request.apply(http)));
        }
        return row;
    }

    /// As little as a prompt takes.
    private Map<String, String> required(JsonNode prompt) {
        Map<String, String> all = new HashMap<>();
        for (JsonNode argument : prompt.path("arguments")) {
            if (argument.path("required").asBoolean()) {
                String name = argument.path("name").asText();
                all.put(name, name.equals("connection_id") ? suite.connection() : "?");
            }
        }
        return all;
    }

    /// As little as each tool takes.
    private Map<String, ?> arguments(String tool) {
        return switch (tool) {
            case "list_connections" -> Map.of();
            case "count_rows" ->
                    Map.of(
                            "connection_id",
                            suite.connection(),
                            "schema",
                            "retail",
                            "table",
                            "orders");
            case "get_schema" -> Map.of("connection_id", suite.connection(), "detail", "names");
            default -> Map.of("connection_id", suite.connection(), "sql", "select 1");
        };
    }

    private void ask(
            Map<String, Map<Asker, String>> answers,
            String title,
            String method,
            Map<String, ?> parameters) {
        Map<Asker, String> row = new EnumMap<>(Asker.class);
        for (Asker asker : Asker.values()) {
            row.put(
                    asker,
                    asker == Asker.NOBODY
                            ? String.valueOf(
                                    McpHttp.to(suite.summary().mcp())
                                            .post(1, method, parameters)
                                            .statusCode())
                            : answer(sessions.get(asker), method, parameters));
        }
        answers.put(title, row);
    }

    private static String answer(McpSession session, String method, Map<String, ?> parameters) {
        try {
            JsonNode result = session.request(method, parameters);
            if (result.path("isError").asBoolean()) {
                return result.at("/structuredContent/error/code").asText();
            }
            if (result.has("completion")) {
                return some(result.at("/completion/values").size());
            }
            return result.properties().stream()
                    .filter(field -> field.getValue().isArray() && method.endsWith("/list"))
                    .map(field -> counted(method, field.getValue().size()))
                    .findFirst()
                    .orElse("ok");
        } catch (McpSession.Refused refused) {
            return refused.status() == 200
                    ? refused.error().path("code").asText()
                    : String.valueOf(refused.status());
        }
    }

    /// How many resources there are depends on what other tests have made.
    private static String counted(String method, int size) {
        return method.equals("resources/list") ? some(size) : String.valueOf(size);
    }

    private static String some(int size) {
        return size > 0 ? "some" : "none";
    }
}
