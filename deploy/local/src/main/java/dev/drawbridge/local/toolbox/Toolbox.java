package dev.drawbridge.local.toolbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of a Toolbox configuration can be own tools, and why the rest cannot.
public final class Toolbox {
    private static final Set<String> SOURCES =
            Set.of("postgres", "cloud-sql-postgres", "alloydb-postgres");

    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "kind",
                    "name",
                    "type",
                    "source",
                    "description",
                    "statement",
                    "parameters",
                    "authRequired",
                    "annotations",
                    "templateParameters");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([^}]*))?}");
    private static final int MOST_ROWS = 1_000;

    private final Map<String, String> environment;

    /// @param environment what `${NAME}` in a configuration stands for
    public Toolbox(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// A tool of a configuration.
    ///
    /// @param definition as the API takes it, without a connection
    public record Tool(String name, String source, Map<String, Object> definition) {}

    /// What is in a configuration.
    ///
    /// @param left what is not imported, a sentence each
    /// @param notes what is another thing here, a sentence each
    public record Read(List<Tool> tools, List<String> left, List<String> notes) {}

    /// Reads a file.
    public Read read(Path file) {
        ToolboxFile config = ToolboxFile.read(file);
        List<Tool> tools = new ArrayList<>();
        List<String> left = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        config.of("source").forEach(one -> sources.put(text(one, "name"), text(one, "type")));
        for (ObjectNode document : config.documents()) {
            switch (text(document, "kind")) {
                case "source", "group" -> {}
                case "tool", "tools" -> {
                    try {
                        tools.add(tool(document, sources, groups(config, document), notes));
                    } catch (ToolboxException why) {
                        left.add(
                                "tool %s: %s.".formatted(text(document, "name"), why.getMessage()));
                    }
                }
                default -> left.add(other(document));
            }
        }
        return new Read(List.copyOf(tools), List.copyOf(left), List.copyOf(notes));
    }

    private Tool tool(
            ObjectNode document,
            Map<String, String> sources,
            Set<String> groups,
            List<String> notes) {
        String name = text(document, "name");
        requirePlain(document, sources);
        List<String> names = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : document.path("parameters")) {
            names.add(text(parameter, "name"));
            parameters.put(text(parameter, "name"), ToolboxParameter.of(parameter));
        }
        String sql = NumberedSql.named(filled(text(document, "statement")), names);
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("name", name);
        definition.put("description", filled(text(document, "description")));
        definition.put("sql", sql);
        definition.put("parameters", parameters);
        definition.put("rowLimit", MOST_ROWS);
        definition.put("features", groups);
        if (document.has("authRequired")) {
            notes.add(
                    "tool %s: instead of authRequired, grant tool:%s to those who may use it."
                            .formatted(name, name));
        }
        return new Tool(name, text(document, "source"), definition);
    }

    private static void requirePlain(ObjectNode document, Map<String, String> sources) {
        if (!text(document, "type").equals("postgres-sql")) {
            throw new ToolboxException("it is a " + text(document, "type") + ", not postgres-sql");
        }
        if (document.path("templateParameters").size() > 0) {
            throw new ToolboxException(
                    "it has templateParameters, which become a part of the statement's text; a"
                            + " value can only stand where a parameter can");
        }
        String source = text(document, "source");
        String type = sources.get(source);
        if (type != null && !SOURCES.contains(type)) {
            throw new ToolboxException("its source " + source + " is a " + type);
        }
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (!UNDERSTOOD.contains(field.getKey())) {
                throw new ToolboxException(
                        "it has " + field.getKey() + ", for which there is nothing here");
            }
        }
    }

    /// Groups become features, by which a client chooses tools at its URL.
    private static Set<String> groups(ToolboxFile config, ObjectNode tool) {
        Set<String> groups = new TreeSet<>(Set.of("own"));
        for (ObjectNode group : config.of("group")) {
            for (JsonNode member : group.path("tools")) {
                if (member.asText().equals(text(tool, "name"))) {
                    groups.add(feature(text(group, "name")));
                }
            }
        }
        return groups;
    }

    private static String feature(String group) {
        return group.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    }

    private static String other(ObjectNode document) {
        String kind = text(document, "kind");
        return "%s %s: %s."
                .formatted(
                        kind,
                        text(document, "name"),
                        switch (kind) {
                            case "prompt" ->
                                    "own prompts are files, which docs/own-tools.md describes";
                            case "authService" ->
                                    "who may sign in is said to auth-service; claims become attributes"
                                            + " there";
                            default -> "there is nothing here for it";
                        });
    }

    /// With `${NAME}` and `${NAME:otherwise}` filled in, as Toolbox does.
    private String filled(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> {
                    String value = environment.getOrDefault(found.group(1), found.group(2));
                    if (value == null) {
                        throw new ToolboxException(
                                "the environment has no " + found.group(1) + ", which it names");
                    }
                    return Matcher.quoteReplacement(value);
                });
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
