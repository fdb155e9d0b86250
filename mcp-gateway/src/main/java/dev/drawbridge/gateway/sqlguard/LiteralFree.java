package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.ProblemException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A statement as it may be recorded: names and keywords, a `?` for every string, number and
/// parameter, no comments, one space where white space matters. Statements that differ in nothing
/// else are one.
public final class LiteralFree {
    /// Words that are no function when `(` follows.
    private static final Set<String> KEYWORDS =
            Set.of(
                    "all",
                    "and",
                    "any",
                    "as",
                    "by",
                    "case",
                    "distinct",
                    "else",
                    "except",
                    "exists",
                    "filter",
                    "from",
                    "group",
                    "having",
                    "in",
                    "intersect",
                    "join",
                    "not",
                    "on",
                    "or",
                    "over",
                    "select",
                    "some",
                    "then",
                    "union",
                    "using",
                    "values",
                    "when",
                    "where",
                    "with");

    private LiteralFree() {}

    /// The text; empty for what is no SQL by PostgreSQL's lexical rules, of which nobody can say
    /// where a literal ends.
    public static Optional<String> of(String sql) {
        List<Token> tokens;
        try {
            tokens = Scanner.scan(sql);
        } catch (ProblemException unreadable) {
            return Optional.empty();
        }
        var text = new StringBuilder(sql.length());
        Token before = null;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (before != null && hasSpace(before, token)) {
                text.append(' ');
            }
            text.append(written(token));
            before = token;
            if (token.kind() == Token.Kind.VALUE) {
                int last = endOfList(tokens, i);
                if (last > i) {
                    text.append(", …");
                    i = last;
                }
            }
        }
        return Optional.of(text.toString());
    }

    /// Lists of values of any length are one: `in (?, …)`.
    private static int endOfList(List<Token> tokens, int from) {
        int at = from;
        while (at + 2 < tokens.size()
                && tokens.get(at + 1).isSymbol(',')
                && tokens.get(at + 2).kind() == Token.Kind.VALUE) {
            at += 2;
        }
        return at;
    }

    private static String written(Token token) {
        return switch (token.kind()) {
            case WORD, SYMBOL -> token.text();
            case QUOTED -> '"' + token.text().replace("\"", "\"\"") + '"';
            case VALUE -> "?";
        };
    }

    private static boolean hasSpace(Token before, Token token) {
        if (before.isSymbol('(') || before.isSymbol('.') || before.isSymbol('[')) {
            return false;
        }
        if (token.kind() != Token.Kind.SYMBOL) {
            // Minus and plus before a value may be signs or operators; both read the same.
            return true;
        }
        return switch (token.text()) {
            case ")", ",", ".", "]", "[", ";" -> false;
            case "(" -> before.kind() != Token.Kind.WORD || KEYWORDS.contains(before.text());
            // The characters of one operator stay together.
            default ->
                    before.kind() != Token.Kind.SYMBOL || before.position() + 1 != token.position();
        };
    }
}
