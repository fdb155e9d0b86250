package dev.drawbridge.gateway.advice;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.gateway.advice.Condition.Kind;
import dev.drawbridge.grammar.Grammar;
import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.grammar.SyntaxException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads conditions as EXPLAIN (VERBOSE) writes them: each comparison stands in parentheses, each
/// column behind the alias of its table.
final class Conditions {
    /// In characters; longer ones are not looked at.
    private static final int LONGEST = 2_000;

    private static final String SELECT = "select ";
    private static final Grammar GRAMMAR = new Grammar(2);

    /// What EXPLAIN calls the result of another part of the plan.
    private static final Pattern SUBPLAN =
            Pattern.compile("\\(?(?:hashed )?(?:SubPlan|InitPlan) \\d+\\)?(?:\\.col\\d+)?");

    /// Stands for it: a value, but none that is known before. A parameter that no statement has.
    private static final String UNKNOWN = "\\$9999";

    private static final Map<String, String> MIRRORED =
            Map.of("<", ">", ">", "<", "<=", ">=", ">=", "<=", "<@", "@>", "=", "=", "&&", "&&");

    private static final Set<String> RANGES = Set.of("<", ">", "<=", ">=");
    private static final Set<String> CONTENTS = Set.of("@>", "&&", "?", "?|", "?&", "@@");

    private final ParseTree tree;
    private final String text;
    private final List<Condition> found = new ArrayList<>();

    private Conditions(ParseTree tree, String text) {
        this.tree = tree;
        this.text = text;
    }

    /// Those that must all hold; empty for what cannot be read.
    static List<Condition> of(String written) {
        if (written.isEmpty() || written.length() > LONGEST) {
            return List.of();
        }
        String text = SELECT + SUBPLAN.matcher(written).replaceAll(UNKNOWN);
        try {
            ParseTree tree = GRAMMAR.parse(text);
            var all = new Conditions(tree, text);
            all.read(
                    tree.statements().at("/0/stmt/SelectStmt/targetList/0/ResTarget/val"),
                    SELECT.length(),
                    text.length());
            return all.found;
        } catch (SyntaxException unreadable) {
            return List.of();
        }
    }

    /// @param from where the node begins in the text, as far as is known
    private void read(JsonNode node, int from, int to) {
        JsonNode bool = node.path("BoolExpr");
        if (bool.path("boolop").asText().equals("AND_EXPR")) {
            bool.path("args").forEach(part -> read(part, from, to));
        } else if (node.has("A_Expr")) {
            comparison(node.path("A_Expr"));
        } else if (node.has("NullTest")) {
            nullTest(node.path("NullTest"));
        } else if (node.has("ColumnRef")) {
            flag(node, false);
        } else if (bool.path("boolop").asText().equals("NOT_EXPR")
                && bool.at("/args/0").has("ColumnRef")) {
            flag(bool.at("/args/0"), true);
        }
    }

    private void comparison(JsonNode node) {
        int at = place(node.path("location").asInt());
        var around = Parentheses.around(text, at);
        if (around.from() < 0) {
            return;
        }
        String operator = node.at("/name/0/String/sval").asText();
        JsonNode left = node.path("lexpr");
        JsonNode right = node.path("rexpr");
        Operand one = Operand.of(left, text.substring(around.from() + 1, at));
        Operand other = Operand.of(right, text.substring(at + operator.length(), around.to()));
        String all = text.substring(around.from(), around.to() + 1);
        boolean isAny = node.path("kind").asText().equals("AEXPR_OP_ANY");
        if (isAny && !(operator.equals("=") && other.isValue())) {
            return;
        }
        if (one.isValue()) {
            String mirrored = MIRRORED.get(operator);
            if (mirrored != null && !other.isValue()) {
                found.add(new Condition(kind(mirrored, left), other, one, mirrored, all));
            }
        } else {
            String said = isAny ? Condition.ANY : operator;
            found.add(new Condition(kind(operator, right), one, other, said, all));
        }
    }

    private static Kind kind(String operator, JsonNode value) {
        if (operator.equals("=")) {
            return Kind.EQUAL;
        }
        if (RANGES.contains(operator)) {
            return Kind.RANGE;
        }
        if (CONTENTS.contains(operator)) {
            return Kind.CONTAINS;
        }
        return (operator.equals("~~") || operator.equals("^@")) && begins(value)
                ? Kind.PREFIX
                : Kind.OTHER;
    }

    /// Whether a pattern is known, and begins with what it looks for.
    private static boolean begins(JsonNode pattern) {
        JsonNode bare = pattern.has("TypeCast") ? pattern.at("/TypeCast/arg") : pattern;
        String text = bare.at("/A_Const/sval/sval").asText();
        return !text.isEmpty() && !text.startsWith("%") && !text.startsWith("_");
    }

    private void nullTest(JsonNode node) {
        int at = place(node.path("location").asInt());
        var around = Parentheses.around(text, at);
        if (around.from() < 0) {
            return;
        }
        boolean isNull = node.path("nulltesttype").asText().equals("IS_NULL");
        found.add(
                new Condition(
                        isNull ? Kind.IS_NULL : Kind.IS_NOT_NULL,
                        Operand.of(node.path("arg"), text.substring(around.from() + 1, at)),
                        value(),
                        isNull ? "is null" : "is not null",
                        text.substring(around.from(), around.to() + 1)));
    }

    /// A column that is true or false by itself.
    private void flag(JsonNode column, boolean isNegated) {
        int at = place(column.path("ColumnRef").path("location").asInt());
        int end = at;
        while (end < text.length() && text.charAt(end) != ')' && text.charAt(end) != ' ') {
            end++;
        }
        String name = text.substring(at, end);
        String all = isNegated ? "(NOT " + name + ")" : name;
        found.add(new Condition(Kind.EQUAL, Operand.of(column, name), value(), "=", all));
    }

    private static Operand value() {
        return new Operand("", "", false, true, Set.of(), Set.of());
    }

    private int place(int location) {
        return tree.part(0, location).length();
    }

    /// Without the parentheses around all of it.
    static String peeled(String text) {
        String peeled = text.strip();
        while (peeled.startsWith("(")
                && Parentheses.around(peeled, 1).to() == peeled.length() - 1) {
            peeled = peeled.substring(1, peeled.length() - 1).strip();
        }
        return peeled;
    }
}
