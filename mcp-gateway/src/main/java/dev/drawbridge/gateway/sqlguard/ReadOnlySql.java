package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.Grammar;
import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.grammar.SyntaxException;
import dev.drawbridge.problem.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One statement of an agent that may be sent: it reads, it is alone, and it names nothing that
/// escapes a read-only transaction.
///
/// @param text as the agent wrote it, without a closing semicolon
/// @param pageable whether it is a query whose rows a cursor can page through
/// @param measured whether it is an EXPLAIN that runs what it explains
/// @param mentions what it names; whether the caller may mean it, only the database can tell
public record ReadOnlySql(String text, boolean pageable, boolean measured, List<Mention> mentions) {
    /// In characters.
    static final int LONGEST = 65_536;

    /// What PostgreSQL takes for false (defGetBoolean).
    private static final Set<String> OFF = Set.of("off", "false", "0");

    private static final Grammar GRAMMAR =
            new Grammar(2 * Runtime.getRuntime().availableProcessors());
    private static final ReadPolicy POLICY = ReadPolicy.load();

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    public static ReadOnlySql parse(String sql) {
        if (sql.length() > LONGEST) {
            throw rejected("A statement may have 65,536 characters at most.", 0);
        }
        ParseTree tree = tree(sql);
        JsonNode statements = tree.statements();
        if (statements.isEmpty()) {
            throw rejected("There is no statement.", 0);
        }
        if (statements.size() > 1) {
            int second = statements.get(1).path("stmt_location").asInt();
            throw rejected("Send one statement at a time.", tree.position(begin(tree, second)));
        }
        JsonNode only = statements.get(0);
        int location = only.path("stmt_location").asInt();
        List<Mention> mentions =
                new ReadRules(POLICY, tree).check(only.path("stmt"), begin(tree, location));
        int length = only.path("stmt_len").asInt(tree.length() - location);
        return new ReadOnlySql(
                blank(tree.part(0, location)) + tree.part(location, location + length),
                only.path("stmt").has("SelectStmt"),
                isMeasured(only.at("/stmt/ExplainStmt/options")),
                mentions);
    }

    /// As the server reads it: an option without a value is on, and of two the last counts.
    private static boolean isMeasured(JsonNode options) {
        boolean measured = false;
        for (JsonNode option : options) {
            JsonNode named = option.path("DefElem");
            if (named.path("defname").asText().equals("analyze")) {
                measured = !OFF.contains(value(named.path("arg")));
            }
        }
        return measured;
    }

    private static String value(JsonNode argument) {
        if (argument.has("Integer")) {
            return argument.at("/Integer/ival").asText("0"); // What is 0 is left out.
        }
        return argument.at("/String/sval").asText("on").toLowerCase(Locale.ROOT);
    }

    /// The policy that everything is held against.
    public static ReadPolicy policy() {
        return POLICY;
    }

    /// This query, when an EXPLAIN that runs it is put before it.
    public ReadOnlySql measuredQuery() {
        return new ReadOnlySql(text, pageable, true, mentions);
    }

    /// This one, which EXPLAIN may be put before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` for what is no query
    public ReadOnlySql query() {
        if (!pageable) {
            throw rejected("Give the query itself: SELECT, VALUES, TABLE or WITH.", 1);
        }
        return this;
    }

    /// What stands before the statement, semicolons and comments, as space: places stay the same.
    private static String blank(String before) {
        return before.replaceAll("\\S", " ");
    }

    private static ParseTree tree(String sql) {
        try {
            return GRAMMAR.parse(sql);
        } catch (SyntaxException refused) {
            throw rejected(
                    "PostgreSQL would not read this: " + refused.getMessage() + ".",
                    refused.position());
        }
    }

    /// Behind the white space before a statement.
    private static int begin(ParseTree tree, int location) {
        String rest = tree.part(location, tree.length());
        return location + rest.length() - rest.stripLeading().length();
    }

    private static RuntimeException rejected(String reason, int position) {
        return new Problem.QueryRejected(reason, position).exception();
    }
}
