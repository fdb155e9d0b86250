package dev.drawbridge.gateway.advice;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One side of a condition.
///
/// @param alias of the only table that it reads; empty for a value, `*` for several tables
/// @param key what an index would be on: a column, or an expression, without the alias
/// @param isColumn whether it is a column as it is
/// @param isConstant whether it is a value that is known now
/// @param functions that it calls, and types that it casts to
record Operand(
        String alias,
        String key,
        boolean isColumn,
        boolean isConstant,
        Set<String> functions,
        Set<String> casts) {
    private static final String SEVERAL = "*";

    /// Casts that change nothing of how values compare.
    private static final Set<String> SAME = Set.of("text", "varchar", "bpchar");

    private static final Pattern WORD = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")+\"|\\w+");

    static Operand of(JsonNode node, String text) {
        Set<String> aliases = new LinkedHashSet<>();
        Set<String> functions = new LinkedHashSet<>();
        Set<String> casts = new LinkedHashSet<>();
        boolean[] unknown = {false};
        collect(node, aliases, functions, casts, unknown);
        if (aliases.isEmpty()) {
            boolean isConstant = !unknown[0] && functions.isEmpty();
            return new Operand("", "", false, isConstant, functions, casts);
        }
        if (aliases.size() > 1) {
            return new Operand(SEVERAL, "", false, false, functions, casts);
        }
        String alias = aliases.iterator().next();
        boolean isColumn = bare(node).has("ColumnRef");
        String key = unqualified(text.strip(), alias);
        return new Operand(
                alias,
                isColumn ? column(key) : "(" + Conditions.peeled(key) + ")",
                isColumn,
                false,
                functions,
                casts);
    }

    boolean isOf(String table) {
        return alias.equals(table);
    }

    boolean isValue() {
        return alias.isEmpty();
    }

    /// The name of the column, as the catalog has it.
    String name() {
        return key.startsWith("\"")
                ? key.substring(1, key.length() - 1).replace("\"\"", "\"")
                : key;
    }

    private static void collect(
            JsonNode node,
            Set<String> aliases,
            Set<String> functions,
            Set<String> casts,
            boolean[] unknown) {
        JsonNode column = node.path("ColumnRef").path("fields");
        if (column.size() > 0) {
            aliases.add(column.size() > 1 ? column.at("/0/String/sval").asText() : "?");
        }
        JsonNode function = node.path("FuncCall").path("funcname");
        if (function.size() > 0) {
            functions.add(function.path(function.size() - 1).at("/String/sval").asText());
        }
        JsonNode cast = node.path("TypeCast").path("typeName").path("names");
        if (cast.size() > 0) {
            casts.add(cast.path(cast.size() - 1).at("/String/sval").asText());
        }
        unknown[0] |= node.has("ParamRef") || node.has("SQLValueFunction");
        node.forEach(part -> collect(part, aliases, functions, casts, unknown));
    }

    /// Without casts between texts.
    private static JsonNode bare(JsonNode node) {
        JsonNode cast = node.path("TypeCast");
        JsonNode names = cast.path("typeName").path("names");
        String type = names.path(names.size() - 1).at("/String/sval").asText();
        return SAME.contains(type) ? bare(cast.path("arg")) : node;
    }

    private static String column(String key) {
        Matcher name = Pattern.compile("\"(?:[^\"]|\"\")+\"|\\w+").matcher(key);
        return name.find() ? name.group() : key;
    }

    /// A text without the alias before its columns; what is in quotes stays as it is.
    static String unqualified(String text, String alias) {
        String name = Pattern.quote(alias);
        Pattern qualified =
                Pattern.compile("'(?:[^']|'')*'|(?<![\\w\".])(?:" + name + "|\"" + name + "\")\\.");
        return qualified
                .matcher(text)
                .replaceAll(found ->
                        found.group().startsWith("'")
                                ? Matcher.quoteReplacement(found.group())
                                : "");
    }

    /// Columns of a table that a text names, as it names them.
    static List<String> columns(String text, String alias) {
        String name = Pattern.quote(alias);
        Matcher found =
                Pattern.compile(
                                "'(?:[^']|'')*'|(?<![\\w\".])(?:"
                                        + name
                                        + "|\""
                                        + name
                                        + "\")\\.(\"(?:[^\"]|\"\")+\"|\\w+)")
                        .matcher(text);
        List<String> columns = new ArrayList<>();
        while (found.find()) {
            if (found.group(1) != null) {
                columns.add(found.group(1));
            }
        }
        return columns;
    }

    /// Words of a text that are names of columns, as it writes them.
    static List<String> words(String text, Set<String> columns) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(word -> columns.contains(Candidate.unquoted(word)))
                .toList();
    }
}
