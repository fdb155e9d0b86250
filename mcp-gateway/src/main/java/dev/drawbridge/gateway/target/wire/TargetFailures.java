package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a failure on a target database means to the caller, whose own statement it is: PostgreSQL's
/// words are passed on, ours explain the rest. No address, no login, no password.
final class TargetFailures {
    private static final String PREPARED_STATEMENT_MISSING = "26000";
    private static final String QUERY_CANCELED = "57014";
    private static final String INDETERMINATE_TYPE = "42P18";

    /// What the driver says of a value that does not fit.
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "position\\[(\\d+)] .* expected class = \\[(?:.*\\.)?(\\w+);?]",
                    Pattern.DOTALL);

    private TargetFailures() {}

    static boolean poisons(@Nullable Throwable failure) {
        return failure instanceof PgException database
                && PREPARED_STATEMENT_MISSING.equals(database.getSqlState());
    }

    /// A statement that was sent. Codes:
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    ///
    /// @param offset how many characters of ours stood before the caller's text
    static Problem ofStatement(
            Throwable failure, CancelSignal signal, Duration timeout, int offset) {
        String cancelled = signal.reason();
        if (cancelled != null) {
            return new Problem.QueryCancelled(cancelled);
        }
        if (!(failure instanceof PgException database)) {
            return notFromTheServer(failure);
        }
        String state = database.getSqlState();
        return switch (state) {
            case QUERY_CANCELED -> new Problem.QueryTimeout(timeout);
            case "25006" ->
                    new Problem.QueryRejected(
                            "This connection only reads: " + database.getErrorMessage() + ".", 0);
            case "53300", "57P03" -> new Problem.Overloaded(Duration.ofSeconds(1));
            case "57P01", "57P02" ->
                    new Problem.DatabaseUnavailable("The database was shut down. Retry.");
            default ->
                    new Problem.Database(
                            state,
                            database.getErrorMessage(),
                            INDETERMINATE_TYPE.equals(state)
                                    ? "Say the parameter's type, as in $1::int."
                                    : database.getHint(),
                            position(database, offset));
        };
    }

    /// A session that could not be had.
    static Problem ofCheckout(Throwable failure, Duration queueWait) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof ConnectionPoolTooBusyException
                || "Timeout".equals(failure.getMessage())) {
            return new Problem.Overloaded(queueWait);
        }
        if (failure instanceof PgException database) {
            return switch (database.getSqlState()) {
                case "28P01", "28000" ->
                        new Problem.DatabaseUnavailable("The database refuses the stored login.");
                case "3D000" -> new Problem.NotFound("database", "of that name");
                case "42501" ->
                        new Problem.DatabaseUnavailable(
                                "The stored login may not connect to this database.");
                case "53300" -> new Problem.Overloaded(queueWait);
                default -> new Problem.DatabaseUnavailable("The database takes no session.");
            };
        }
        return new Problem.DatabaseUnavailable("The database cannot be reached.");
    }

    private static Problem notFromTheServer(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && message.startsWith("Parameter at position")) {
            return new Problem.Invalid("params", parameterReason(message));
        }
        if (message != null && message.startsWith("The number of parameters")) {
            return new Problem.Invalid("params", message);
        }
        return new Problem.DatabaseUnavailable("The session with the database was lost.");
    }

    /// The driver counts from zero and names Java classes; a caller counts from one and thinks in
    /// SQL types.
    private static String parameterReason(String message) {
        Matcher refusal = PARAMETER.matcher(message);
        if (!refusal.find()) {
            return "a value does not have the type that the statement expects";
        }
        return "$"
                + (Integer.parseInt(refusal.group(1)) + 1)
                + " cannot be read as "
                + refusal.group(2).toLowerCase(Locale.ROOT);
    }

    private static int position(PgException database, int offset) {
        String position = database.getPosition();
        if (position == null || position.isEmpty()) {
            return 0;
        }
        return Math.max(0, Integer.parseInt(position) - offset);
    }
}
