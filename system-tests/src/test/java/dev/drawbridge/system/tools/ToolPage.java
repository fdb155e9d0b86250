package dev.drawbridge.system.tools;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What the reference says of one tool: its own words, its arguments, a call and the answer.
final class ToolPage {
    static final String CONNECTION = "01a1fc3b-…";
    private static final int MOST_LINES = 40;
    private static final int WIDTH = 160;

    private ToolPage() {}

    /// An example with what came of it.
    record Shown(ToolExample example, String answer) {}

    static String of(JsonNode tool, List<Shown> examples, String notes) {
        var page = new StringBuilder();
        page.append("### ").append(tool.path("name").asText()).append("\n\n");
        page.append(tool.path("description").asText()).append("\n\n");
        page.append(hints(tool.path("annotations"))).append("\n\n");
        page.append(arguments(tool.path("inputSchema")));
        for (Shown shown : examples) {
            page.append("```json\n").append(call(tool, shown.example())).append("\n```\n");
            page.append(shown.example().shows() == ToolExample.Form.JSON ? "```json\n" : "```\n");
            page.append(shown.answer()).append("\n```\n\n");
        }
        return page.append(notes).toString();
    }

    /// The form that is shown, without what differs from one suite to the next.
    static String answer(ToolExample example, JsonNode structured, String text) {
        String shown =
                example.shows() == ToolExample.Form.JSON ? wrapped(structured.toString()) : text;
        return cut(
                shown.replaceAll("</?data-[0-9a-f]+>[^\n]*\n?", "")
                        .replaceAll("k[0-9]+:[A-Za-z0-9+/=_-]{20,}", "k1:…")
                        .strip());
    }

    private static String hints(JsonNode hints) {
        var said = new ArrayList<String>();
        said.add(hints.path("readOnlyHint").asBoolean() ? "Reads" : "Writes");
        said.add(hints.path("destructiveHint").asBoolean() ? "may destroy" : "destroys nothing");
        said.add(
                hints.path("idempotentHint").asBoolean()
                        ? "the same again does no more"
                        : "the same again does it again");
        said.add(
                hints.path("openWorldHint").asBoolean()
                        ? "shows what others wrote"
                        : "shows what PostgreSQL or Drawbridge says");
        return String.join("; ", said) + ".";
    }

    private static String arguments(JsonNode schema) {
        var table = new StringBuilder();
        for (Map.Entry<String, JsonNode> argument : schema.path("properties").properties()) {
            boolean required = isRequired(schema, argument.getKey());
            table.append("| `")
                    .append(argument.getKey())
                    .append("` | ")
                    .append(required ? "required" : otherwise(argument.getValue()))
                    .append(" | ")
                    .append(type(argument.getValue()))
                    .append(" | ")
                    .append(cell(argument.getValue().path("description").asText()))
                    .append(" |\n");
        }
        return table.isEmpty()
                ? "No arguments.\n\n"
                : "| argument | default | type | |\n|---|---|---|---|\n" + table + "\n";
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode one : schema.path("required")) {
            if (one.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String otherwise(JsonNode schema) {
        return schema.has("default") ? "`" + schema.path("default").asText() + "`" : "";
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            var values = new StringJoiner(", ");
            schema.path("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return values.toString();
        }
        String type = schema.path("type").asText("any");
        if (type.equals("array")) {
            return "list of " + schema.at("/items/type").asText("any");
        }
        return schema.has("maximum") ? type + " up to " + schema.path("maximum") : type;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /// The call as it is shown.
    static String call(JsonNode tool, ToolExample example) {
        var arguments = new LinkedHashMap<String, Object>();
        if (tool.at("/inputSchema/properties").has("connection_id")) {
            arguments.put("connection_id", CONNECTION);
        }
        arguments.putAll(new TreeMap<>(example.arguments()));
        var call = new LinkedHashMap<String, Object>();
        call.put("name", example.tool());
        call.put("arguments", arguments);
        return wrapped(ToolReference.json(call));
    }

    /// Long lines of JSON are broken behind commas between members.
    private static String wrapped(String json) {
        var out = new StringBuilder();
        int column = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            out.append(c);
            column++;
            if (c == '"' && json.charAt(Math.max(0, i - 1)) != '\\') {
                quoted = !quoted;
            }
            if (c == ',' && !quoted && column > WIDTH * 3 / 4) {
                out.append("\n ");
                column = 1;
            }
        }
        return out.toString();
    }

    private static String cut(String text) {
        List<String> lines = text.lines().toList();
        return lines.size() <= MOST_LINES
                ? text
                : String.join("\n", lines.subList(0, MOST_LINES))
                        + "\n… and %d more lines".formatted(lines.size() - MOST_LINES);
    }
}
