package dev.drawbridge.system.access;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.mcp.McpHttp;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

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
            ask(
                    answers,
                    "tools/call " + tool,
                    "tools/call",
                    Map.of("name", tool, "arguments", arguments(tool)));
        }
        String uri = "pg://" + suite.connection() + "/info";
        ask(answers, "resources/read", "resources/read", Map.of("uri", uri));
        for (JsonNode prompt :
                sessions.get(Asker.ADMIN).request("prompts/list", Map.of()).path("prompts")) {
            String name = prompt.path("name").asText();
            var arguments =
                    Map.of("connection_id", suite.connection(), "question", "?", "sql", "select 1");
            ask(
                    answers,
                    "prompts/get " + name,
                    "prompts/get",
                    Map.of("name", name, "arguments", arguments));
        }
        return answers;
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
        if (!method.equals("resources/list")) {
            return String.valueOf(size);
        }
        return size > 0 ? "some" : "none";
    }
}
