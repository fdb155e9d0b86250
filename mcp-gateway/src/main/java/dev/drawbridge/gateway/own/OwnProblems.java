package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with a kept statement, in terms of what its author wrote.
public final class OwnProblems {
    private static final Pattern NUMBER = Pattern.compile("\\$(\\d+): (.*)", Pattern.DOTALL);
    private static final String INDETERMINATE_TYPE = "42P18";

    private static final String WRITES = " A tool that writes says access: write.";

    private OwnProblems() {}

    /// The problem of a definition that the guard or the database refuses.
    ///
    /// @param written from a place in the text for the server to one in what was written
    public static RuntimeException invalid(Problem problem, IntUnaryOperator written) {
        return switch (problem) {
            case Problem.QueryRejected(var reason, var position) ->
                    OwnText.invalid(
                            "sql",
                            sentence(reason.replace(SqlGuard.TO_WRITE, WRITES))
                                    + place(position, written));
            case Problem.Database database ->
                    OwnText.invalid(
                            "sql",
                            sentence(database.message())
                                    + place(database.position(), written)
                                    + (INDETERMINATE_TYPE.equals(database.sqlState())
                                            ? ": say the parameter's type, as in :name::int"
                                            : ""));
            case Problem.NotFound _ -> OwnText.invalid("database", "is not there");
            default -> problem.exception();
        };
    }

    /// The problem of a use: of a parameter by its name, of a statement that its database takes no
    /// longer as one of what uses it.
    ///
    /// @param word what uses it: `tool`, `resource`
    static ProblemException ofUse(String word, ProblemException failure, NamedSql sql) {
        Problem told =
                switch (failure.problem()) {
                    case Problem.Invalid invalid when invalid.field().equals("params") ->
                            ofParameter(invalid, sql);
                    case Problem.Database database when isBroken(failure.problem()) ->
                            new Problem.Database(
                                    database.sqlState(),
                                    "This %s no longer fits its database: %s"
                                            .formatted(word, database.message()),
                                    null,
                                    sql.written(database.position()));
                    case Problem.QueryRejected rejected ->
                            new Problem.QueryRejected(
                                    "This %s's statement is not let through any more: %s"
                                            .formatted(word, rejected.reason()),
                                    sql.written(rejected.position()));
                    default -> failure.problem();
                };
        return told == failure.problem() ? failure : told.exception(failure);
    }

    /// Whether a statement that once could be prepared cannot any more: PostgreSQL's class 42,
    /// syntax errors and names, without a missing right, which another caller may have.
    static boolean isBroken(Problem problem) {
        return switch (problem) {
            case Problem.Database database ->
                    database.sqlState().startsWith("42") && !database.sqlState().equals("42501");
            case Problem.QueryRejected _ -> true;
            default -> false;
        };
    }

    private static Problem ofParameter(Problem.Invalid invalid, NamedSql sql) {
        Matcher numbered = NUMBER.matcher(invalid.reason());
        if (numbered.matches()) {
            int index = Integer.parseInt(numbered.group(1));
            if (index <= sql.names().size()) {
                return new Problem.Invalid(sql.names().get(index - 1), numbered.group(2));
            }
        }
        return new Problem.Invalid("arguments", invalid.reason());
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String place(int position, IntUnaryOperator written) {
        return position < 1 ? "" : " (character " + written.applyAsInt(position) + ")";
    }
}
