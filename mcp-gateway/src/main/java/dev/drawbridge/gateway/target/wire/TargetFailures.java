package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Fault;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a failure on a target database means to the caller, whose own statement it is: PostgreSQL's
/// words are passed on, ours explain the rest. No address, no login, no password.
final class TargetFailures {
    private static final String PREPARED_STATEMENT_MISSING = "26000";
    private static final String QUERY_CANCELED = "57014";
    private static final String INDETERMINATE_TYPE = "42P18";
    private static final String INVALID_TEXT = "22P02";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    /// PgBouncer's words.
    private static final String UNKNOWN_SETTING = "unsupported startup parameter";

    private static final Pattern COUNT =
            Pattern.compile("supplies (\\d+) parameters, .* requires (\\d+)");

    private static final Pattern NUMBER = Pattern.compile("(?<=parameter )\\$\\d+");

    /// When a server that has no session left may have one.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private TargetFailures() {}

    static boolean poisons(@Nullable Throwable failure) {
        return failure instanceof ServerError error
                && PREPARED_STATEMENT_MISSING.equals(error.state());
    }

    /// Whether a session could not be opened, or an endpoint not be asked, because nobody is there
    /// who serves: not for what was asked, or by whom.
    static boolean isOutage(Throwable failure) {
        return switch (failure) {
            case ProblemException _ -> false;
            case ServerError error -> Fault.of(error.state(), error.message()).isOutage();
            case PgException error ->
                    Fault.of(error.getSqlState(), error.getErrorMessage()).isOutage();
            default -> !isBug(unwrapped(failure));
        };
    }

    /// Whether a session was lost, or could not be opened for want of a server.
    static boolean isLoss(Throwable failure) {
        return failure instanceof CircuitBreakerOpenException || isOutage(failure);
    }

    /// A table has changed since the statement was prepared.
    static boolean isOutdatedPlan(@Nullable Throwable failure) {
        return failure instanceof ServerError error
                && FEATURE_NOT_SUPPORTED.equals(error.state())
                && error.message().startsWith("cached plan");
    }

    /// A statement that was sent. Codes:
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    ///
    /// @param offset how many characters of ours stood before the caller's text
    static Problem ofStatement(Flight flight, CancelSignal signal, Duration timeout, int offset) {
        String cancelled = signal.reason();
        if (cancelled != null) {
            return new Problem.QueryCancelled(cancelled);
        }
        if (!(flight.failure() instanceof ServerError error)) {
            return ofLoss(flight.failure(), "The session with the database was lost.");
        }
        Problem parameter = ofParameter(flight, error);
        if (parameter != null) {
            return parameter;
        }
        return switch (error.state()) {
            case QUERY_CANCELED -> new Problem.QueryTimeout(timeout);
            case "25006" ->
                    new Problem.QueryRejected(
                            "This connection only reads: " + error.message() + ".", 0);
            case "53300", "57P03" -> new Problem.Overloaded(RETRY);
            case "57P01", "57P02" ->
                    new Problem.DatabaseUnavailable("The database was shut down. Retry.");
            default ->
                    new Problem.Database(
                            error.state(),
                            error.message(),
                            INDETERMINATE_TYPE.equals(error.state())
                                    ? "Say the parameter's type, as in $1::int."
                                    : error.hint(),
                            Math.max(0, error.position() - offset));
        };
    }

    /// A statement that writes and was undone.
    static Problem ofWrite(Flight flight, CancelSignal signal, Duration timeout) {
        Problem problem = ofStatement(flight, signal, timeout, 0);
        return problem instanceof Problem.DatabaseUnavailable
                ? new Problem.DatabaseUnavailable(
                        "The session with the database was lost. Nothing was changed.")
                : problem;
    }

    /// What fails while the server reads the parameters is about them: PostgreSQL 16 and newer say
    /// of which, older ones only that a text is not what the type needs.
    private static @Nullable Problem ofParameter(Flight flight, ServerError error) {
        if (!flight.failedToBind()) {
            return null;
        }
        Matcher count = COUNT.matcher(error.message());
        if (count.find()) {
            return new Problem.Invalid(
                    "params",
                    "are %s, but the statement has %s".formatted(count.group(1), count.group(2)));
        }
        Matcher number = NUMBER.matcher(String.valueOf(error.where()));
        if (number.find()) {
            return new Problem.Invalid("params", number.group() + ": " + error.message());
        }
        return INVALID_TEXT.equals(error.state()) && flight.hasParameters()
                ? new Problem.Invalid("params", error.message())
                : null;
    }

    /// A session that could not be had.
    ///
    /// @param own whether the login is the caller's own, who then is told what is wrong with it
    static Problem ofCheckout(Throwable failure, boolean own) {
        if (failure instanceof ProblemException known) {
            return ofOurs(known.problem());
        }
        return switch (failure) {
            case PgException pooler when pooler.getErrorMessage().startsWith(UNKNOWN_SETTING) ->
                    new Problem.DatabaseUnavailable(
                            "There is a pooler before the database. Set the connection's mode to"
                                    + " session or transaction.");
            case PgException database -> ofRefusal(database.getSqlState(), own);
            case ServerError error -> ofRefusal(error.state(), own);
            default -> ofLoss(failure, "The database cannot be reached.");
        };
    }

    /// A statement of ours that changes a database, for its administrator.
    static Problem ofAdministration(Throwable failure) {
        return failure instanceof PgException refused
                ? new Problem.Database(
                        refused.getSqlState(), refused.getErrorMessage(), refused.getHint(), 0)
                : ofLoss(failure, "The session with the database was lost.");
    }

    /// What has become of a host since its connection was stored is no argument of the caller's.
    private static Problem ofOurs(Problem problem) {
        return problem instanceof Problem.Invalid invalid && invalid.field().equals("host")
                ? new Problem.DatabaseUnavailable(
                        "The database cannot be reached: its host " + invalid.reason() + ".")
                : problem;
    }

    /// What the network did, or else a bug.
    private static Problem ofLoss(@Nullable Throwable failure, String reason) {
        Throwable cause = failure == null ? null : unwrapped(failure);
        return cause != null && isBug(cause)
                ? ProblemMapper.internal(cause)
                : new Problem.DatabaseUnavailable(reason);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof DecoderException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static boolean isBug(Throwable cause) {
        return cause instanceof Error
                || (cause instanceof RuntimeException
                        && !(cause instanceof VertxException)
                        && !(cause instanceof CircuitBreakerOpenException));
    }

    private static Problem ofRefusal(String state, boolean own) {
        return switch (state) {
            case "28P01", "28000" ->
                    own
                            ? new Problem.Unauthenticated("The database refuses this login.")
                            : new Problem.DatabaseUnavailable(
                                    "The database refuses the stored login.");
            case OpeningGuard.CLEAR_PASSWORD ->
                    own
                            ? new Problem.Unauthenticated(
                                    "The database asks for the password in clear.")
                            : new Problem.DatabaseUnavailable(
                                    "The server asks for the password in clear, which is for one"
                                            + " that is known by its certificate: set tlsMode to"
                                            + " verify-ca or verify-full.");
            case "3D000" -> new Problem.NotFound("database", "of that name");
            case "42501" ->
                    own
                            ? new Problem.Forbidden("to connect to this database")
                            : new Problem.DatabaseUnavailable(
                                    "The stored login may not connect to this database.");
            case "53300" -> new Problem.Overloaded(RETRY);
            default -> new Problem.DatabaseUnavailable("The database takes no session.");
        };
    }
}
