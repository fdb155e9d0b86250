package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.Grammar;
import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.grammar.SyntaxException;
import dev.drawbridge.problem.Problem;

/// A text that is exactly one statement, whatever it does.
///
/// @param tree of the whole text
/// @param location where it begins
/// @param text as it was written, without a closing semicolon
record OneStatement(ParseTree tree, JsonNode node, int location, String text) {
    /// In characters.
    static final int LONGEST = 65_536;

    private static final Grammar GRAMMAR =
            new Grammar(2 * Runtime.getRuntime().availableProcessors());

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    static OneStatement parse(String sql) {
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
        int length = only.path("stmt_len").asInt(tree.length() - location);
        return new OneStatement(
                tree,
                only.path("stmt"),
                begin(tree, location),
                blank(tree.part(0, location)) + tree.part(location, location + length));
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
