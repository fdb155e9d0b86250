package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.ParseTree;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the names in a statement, each once: those that are written, and the operators that
/// PostgreSQL puts in where none is.
final class Mentions {
    /// With the location of the first.
    private final Map<Key, Integer> found = new LinkedHashMap<>();

    private record Key(Mention.Kind kind, @Nullable String schema, String name, int arguments) {}

    /// All of them, in the order of their places.
    List<Mention> in(ParseTree tree) {
        List<Mention> mentions = new ArrayList<>(found.size());
        int location = 0;
        int position = 1;
        for (var one : inOrder()) {
            String between = tree.part(location, one.getValue());
            position += between.codePointCount(0, between.length());
            location = one.getValue();
            Key key = one.getKey();
            mentions.add(
                    new Mention(key.kind(), key.schema(), key.name(), key.arguments(), position));
        }
        return List.copyOf(mentions);
    }

    private List<Map.Entry<Key, Integer>> inOrder() {
        return found.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    }

    /// Notes what a node names.
    ///
    /// @param location where it stands, in bytes
    void note(String type, JsonNode node, int location) {
        switch (type) {
            case "FuncCall" ->
                    add(Mention.Kind.FUNCTION, node.path("funcname"), arguments(node), location);
            case "RangeTableSample" ->
                    add(Mention.Kind.FUNCTION, node.path("method"), Mention.ANY, location);
            case "ColumnRef" -> attribute(node.path("fields"), location);
            case "A_Indirection" ->
                    node.path("indirection")
                            .forEach(step ->
                                    add(Mention.Kind.ATTRIBUTE, null, text(step), 1, location));
            case "RangeVar" ->
                    add(
                            Mention.Kind.RELATION,
                            node.path("schemaname").asText(null),
                            node.path("relname").asText(),
                            Mention.ANY,
                            location);
            case "TypeName" -> add(Mention.Kind.TYPE, node.path("names"), Mention.ANY, location);
            default -> operators(type, node, location);
        }
    }

    private void operators(String type, JsonNode node, int location) {
        switch (type) {
            case "A_Expr" -> {
                operator(node.path("name"), location);
                if (node.path("kind").asText().contains("BETWEEN")) {
                    List.of(">=", "<=", "<", ">").forEach(name -> implied(name, location));
                }
            }
            case "SubLink" -> {
                operator(node.path("operName"), location);
                if (node.has("testexpr")) {
                    implied("=", location);
                }
            }
            case "SortBy" -> operator(node.path("useOp"), location);
            case "CaseExpr" -> {
                if (node.has("arg")) {
                    implied("=", location);
                }
            }
            case "JoinExpr" -> {
                if (node.has("usingClause") || node.path("isNatural").asBoolean()) {
                    implied("=", location);
                }
            }
            case "CTECycleClause" -> List.of("=", "<>").forEach(name -> implied(name, location));
            default -> {}
        }
    }

    private void attribute(JsonNode fields, int location) {
        if (fields.size() > 1) {
            add(Mention.Kind.ATTRIBUTE, null, text(fields.path(fields.size() - 1)), 1, location);
        }
    }

    /// @param names none where none is written
    private void operator(JsonNode names, int location) {
        add(Mention.Kind.OPERATOR, names, Mention.ANY, location);
    }

    private void implied(String name, int location) {
        add(Mention.Kind.OPERATOR, null, name, Mention.ANY, location);
    }

    /// @param names the last is the name, the one before it the schema
    private void add(Mention.Kind kind, JsonNode names, int arguments, int location) {
        int last = names.size() - 1;
        String schema = last > 0 ? text(names.path(last - 1)) : null;
        add(kind, schema, text(names.path(last)), arguments, location);
    }

    private void add(
            Mention.Kind kind, @Nullable String schema, String name, int arguments, int location) {
        if (!name.isEmpty()) { // A star, an index of an array, or none.
            found.merge(new Key(kind, schema, name, arguments), location, Math::min);
        }
    }

    /// Where values are spread from an array, or stand in WITHIN GROUP, or have names, their number
    /// is not what the function takes.
    private static int arguments(JsonNode call) {
        boolean spread =
                call.path("func_variadic").asBoolean() || call.path("agg_within_group").asBoolean();
        return spread ? Mention.ANY : call.path("args").size();
    }

    private static String text(JsonNode name) {
        return name.at("/String/sval").asText();
    }
}
