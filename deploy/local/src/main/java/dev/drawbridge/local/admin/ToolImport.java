package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.toolbox.Toolbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Defines the tools of another configuration: tries all of them, and then defines all or none.
final class ToolImport {
    private static final String TOOLS = "/mcp/tools";

    private final Session gateway;
    private final String connection;

    ToolImport(Session gateway, String connection) {
        this.gateway = gateway;
        this.connection = connection;
    }

    /// What came of it.
    ///
    /// @param defined names of tools, or of those that would be
    /// @param left what was left out, a sentence each
    /// @param notes what is another thing now, a sentence each
    /// @param isRefused whether nothing was defined because of what was refused
    record Report(
            List<String> defined,
            List<String> left,
            List<String> notes,
            boolean dryRun,
            boolean isRefused) {

        JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            defined.forEach(json.putArray("defined")::add);
            left.forEach(json.putArray("left")::add);
            notes.forEach(json.putArray("notes")::add);
            return json.put("dryRun", dryRun);
        }

        /// For people to read.
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            String verb = dryRun || isRefused ? "Could define " : "Defined ";
            String what = defined.size() + (defined.size() == 1 ? " tool" : " tools");
            String names = defined.isEmpty() ? "" : ": " + String.join(", ", defined);
            lines.add(verb + what + names + ".");
            left.forEach(it -> lines.add("Left out: " + it));
            notes.forEach(it -> lines.add("Note: " + it));
            return lines;
        }
    }

    /// @param source of the tools; empty for all
    /// @param skipRefused whether some may be left out
    Report run(Toolbox.Read config, String source, boolean dryRun, boolean skipRefused) {
        List<String> left = new ArrayList<>(config.left());
        List<String> notes = new ArrayList<>(config.notes());
        List<Map<String, Object>> accepted = new ArrayList<>();
        Set<String> taken = defined();
        for (Toolbox.Tool tool : config.tools()) {
            if (!source.isEmpty() && !tool.source().equals(source)) {
                left.add("tool %s: it is of the source %s.".formatted(tool.name(), tool.source()));
                continue;
            }
            if (!taken.add(tool.name())) {
                left.add(
                        "tool %s: there is one of that name; to have this one instead, remove it."
                                .formatted(tool.name()));
                continue;
            }
            try {
                accepted.add(accepted(tool, notes));
            } catch (LaunchException refused) {
                left.add("tool %s: %s".formatted(tool.name(), refused.getMessage()));
            }
        }
        boolean refused = !skipRefused && left.stream().anyMatch(it -> it.startsWith("tool "));
        if (!dryRun && !refused) {
            accepted.forEach(definition -> gateway.post(TOOLS, definition));
        }
        return new Report(
                accepted.stream().map(it -> String.valueOf(it.get("name"))).toList(),
                left,
                notes,
                dryRun,
                refused && !dryRun);
    }

    private Set<String> defined() {
        Set<String> names = new HashSet<>();
        gateway.get(TOOLS + "/own")
                .path("items")
                .forEach(item -> names.add(item.at("/definition/name").asText()));
        return names;
    }

    /// A statement that does more than read is one of a tool that writes, if the connection lets
    /// it.
    private Map<String, Object> accepted(Toolbox.Tool tool, List<String> notes) {
        Map<String, Object> definition = new LinkedHashMap<>(tool.definition());
        definition.put("connection", connection);
        try {
            gateway.post(TOOLS + "/validate", definition);
            return definition;
        } catch (LaunchException notReading) {
            definition.put("access", "write");
            try {
                gateway.post(TOOLS + "/validate", definition);
            } catch (LaunchException _) {
                throw notReading;
            }
            notes.add(
                    "tool %s: it writes, so what may destroy much is confirmed first."
                            .formatted(tool.name()));
            return definition;
        }
    }
}
