package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One statement of an agent that may be sent: it reads, it is alone, and it names nothing that
/// escapes a read-only transaction.
///
/// @param text as the agent wrote it, without a closing semicolon
/// @param pageable whether it is a query whose rows a cursor can page through
public record ReadOnlySql(String text, boolean pageable) {
    private static final int LONGEST = 65_536;
    private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

    /// Reads what an agent wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with the reason and the
    ///   place
    public static ReadOnlySql parse(String sql) {
        if (sql.length() > LONGEST) {
            throw rejected("A statement may have 65,536 characters at most.", 0);
        }
        List<Token> tokens = Scanner.scan(sql);
        int end = statementEnd(tokens);
        if (end == 0) {
            throw rejected("There is no statement.", 0);
        }
        List<Token> statement = tokens.subList(0, end);
        boolean pageable = checkKind(statement);
        statement.forEach(ReadOnlySql::checkName);
        String text = end == tokens.size() ? sql : sql.substring(0, tokens.get(end).position() - 1);
        return new ReadOnlySql(text, pageable);
    }

    /// One that EXPLAIN may be put before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED`
    public static ReadOnlySql parseQuery(String sql) {
        ReadOnlySql parsed = parse(sql);
        if (!parsed.pageable()) {
            throw rejected("Give the query itself: SELECT, VALUES, TABLE or WITH.", 1);
        }
        return parsed;
    }

    /// The index behind the one statement; semicolons may follow, nothing else.
    private static int statementEnd(List<Token> tokens) {
        int end = 0;
        while (end < tokens.size() && !tokens.get(end).isSymbol(';')) {
            end++;
        }
        for (Token rest : tokens.subList(end, tokens.size())) {
            if (!rest.isSymbol(';')) {
                throw rejected("Send one statement at a time.", rest.position());
            }
        }
        return end;
    }

    private static boolean checkKind(List<Token> statement) {
        Token first = firstWord(statement, 0);
        if (first.kind() == Token.Kind.WORD && QUERIES.contains(first.text())) {
            return true;
        }
        if (first.isWord("explain")) {
            checkExplained(statement);
            return false;
        }
        if (first.isWord("show")) {
            checkShow(statement);
            return false;
        }
        throw rejected(
                "Only statements that read are accepted here: SELECT, VALUES, TABLE, WITH, EXPLAIN"
                        + " and SHOW.",
                first.position());
    }

    /// The first token that is no opening parenthesis.
    private static Token firstWord(List<Token> statement, int from) {
        for (Token token : statement.subList(from, statement.size())) {
            if (!token.isSymbol('(')) {
                return token;
            }
        }
        throw rejected("There is no statement.", 0);
    }

    private static void checkExplained(List<Token> statement) {
        int at = 1;
        if (at < statement.size()
                && statement.get(at).isSymbol('(')
                && !startsQuery(statement, at)) {
            while (at < statement.size() && !statement.get(at).isSymbol(')')) {
                at++;
            }
            at++;
        }
        while (at < statement.size()
                && (statement.get(at).isWord("analyze")
                        || statement.get(at).isWord("analyse")
                        || statement.get(at).isWord("verbose"))) {
            at++;
        }
        if (at >= statement.size() || !startsQuery(statement, at)) {
            throw rejected(
                    "EXPLAIN is accepted for SELECT, VALUES, TABLE and WITH.",
                    statement.getFirst().position());
        }
    }

    private static boolean startsQuery(List<Token> statement, int at) {
        Token token = firstWord(statement, at);
        return token.kind() == Token.Kind.WORD && QUERIES.contains(token.text());
    }

    private static void checkShow(List<Token> statement) {
        if (statement.size() < 2) {
            throw rejected("Say which setting to show.", statement.getFirst().position());
        }
        Token name = statement.get(1);
        String setting = name.text().toLowerCase(Locale.ROOT); // Quotes do not keep its case.
        if (setting.equals("all") || DeniedNames.hidesSetting(setting)) {
            throw rejected("This setting is not shown to agents.", name.position());
        }
    }

    private static void checkName(Token token) {
        if (token.isWord("into")) { // EXPLAIN ANALYZE makes the table inside READ ONLY.
            throw rejected(
                    "INTO is not accepted in a statement that only reads.", token.position());
        }
        if (token.isName() && DeniedNames.contains(token.text())) {
            throw rejected(
                    "The name " + token.text() + " is not accepted in a statement that only reads.",
                    token.position());
        }
    }

    private static RuntimeException rejected(String reason, int position) {
        return new Problem.QueryRejected(reason, position).exception();
    }
}
