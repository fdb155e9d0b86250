package dev.drawbridge.problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Everything a caller may learn about a failure, over REST and over MCP. A bug is not described
/// here: it is an [Internal] with an incident id that the log knows.
///
/// No problem carries a DSN, a password, a key or another caller's data.
public sealed interface Problem {

    /// Input that cannot be accepted. `field` is a path in the input such as `scopes[0].level`.
    record Invalid(String field, String reason) implements Problem {}

    /// No credential, or one that is unknown, expired or revoked. Which of these is not said.
    record Unauthenticated(String reason) implements Problem {}

    /// The session is good, but its person last proved who they are too long ago for this (RFC
    /// 9470). `maxAge` says how fresh a proof has to be.
    record ReauthenticationRequired(Duration maxAge) implements Problem {}

    /// The password was right and the second factor was not shown, or is not the right one.
    record SecondFactorRequired(String reason) implements Problem {}

    /// The caller is known and may not. `permission` names what was missing.
    record Forbidden(String permission) implements Problem {}

    /// The caller holds the permission, and the scopes of its credential do not let it through up
    /// to `level`. Reads as [Forbidden]: whose token is narrow is not told how much its owner
    /// holds.
    record OutOfScope(String permission, String level) implements Problem {}

    /// The thing is not there, or the caller may not know that it is.
    record NotFound(String kind, String id) implements Problem {}

    /// The request contradicts the present state.
    record Conflict(String reason) implements Problem {}

    /// `If-Match` named a version that is no longer the present one.
    record StaleVersion(String kind) implements Problem {}

    /// An update that does not say, by `If-Match`, which version it means to change.
    record VersionRequired(String kind) implements Problem {}

    /// Too many requests in a span of time. `limit` is whose, as in "the limit of …"; empty where
    /// there is only one.
    record RateLimited(Duration retryAfter, String limit) implements Problem {
        public RateLimited(Duration retryAfter) {
            this(retryAfter, "");
        }
    }

    /// A budget is used up.
    record QuotaExceeded(String quota) implements Problem {}

    /// A statement ran longer than the caller's class may.
    record QueryTimeout(Duration limit) implements Problem {}

    /// A statement was stopped because its caller went away or asked for it.
    record QueryCancelled(String reason) implements Problem {}

    /// A statement that the guard does not let through. `position` is the 1-based character in the
    /// caller's text, 0 when the whole text is meant.
    record QueryRejected(String reason, int position) implements Problem {}

    /// PostgreSQL refused. `position` is the 1-based character in the caller's text, 0 if unknown.
    record Database(String sqlState, String message, @Nullable String hint, int position)
            implements Problem {}

    /// A database cannot be reached.
    record DatabaseUnavailable(String reason) implements Problem {}

    /// No capacity before the caller's deadline.
    record Overloaded(Duration retryAfter) implements Problem {}

    /// This replica ends and takes nothing new. The next request, on a new connection, may reach
    /// another one.
    record Stopping(Duration retryAfter) implements Problem {}

    /// Another system failed us.
    record Upstream(String system) implements Problem {}

    /// A credential that nobody could judge just now, so that nothing is said of it.
    record CredentialUnchecked(Duration retryAfter) implements Problem {}

    /// A bug. The incident id is in the log, with the stack.
    record Internal(String incident) implements Problem {}

    /// The stable code, one taxonomy for REST, JSON-RPC and logs.
    default String code() {
        return switch (this) {
            case Invalid _, VersionRequired _ -> "VALIDATION_ERROR";
            case Unauthenticated _ -> "AUTHENTICATION_ERROR";
            case ReauthenticationRequired _ -> "REAUTHENTICATION_REQUIRED";
            case SecondFactorRequired _ -> "SECOND_FACTOR_REQUIRED";
            case Forbidden _, OutOfScope _ -> "AUTHORIZATION_ERROR";
            case NotFound _ -> "NOT_FOUND";
            case Conflict _, StaleVersion _ -> "CONFLICT";
            case RateLimited _ -> "RATE_LIMITED";
            case QuotaExceeded _ -> "QUOTA_EXCEEDED";
            case QueryTimeout _ -> "QUERY_TIMEOUT";
            case QueryCancelled _ -> "QUERY_CANCELLED";
            case QueryRejected _ -> "QUERY_REJECTED";
            case Database _ -> "DATABASE_ERROR";
            case DatabaseUnavailable _ -> "DATABASE_UNAVAILABLE";
            case Overloaded _ -> "OVERLOADED";
            case Stopping _ -> "STOPPING";
            case Upstream _, CredentialUnchecked _ -> "UPSTREAM_ERROR";
            case Internal _ -> "INTERNAL_ERROR";
        };
    }

    /// The HTTP status of RFC 9110 that says the same.
    default int httpStatus() {
        return switch (this) {
            case Invalid _, QueryRejected _ -> 400;
            case Unauthenticated _, ReauthenticationRequired _, SecondFactorRequired _ -> 401;
            case Forbidden _, OutOfScope _ -> 403;
            case NotFound _ -> 404;
            case Conflict _ -> 409;
            case StaleVersion _ -> 412;
            case Database _ -> 422;
            case VersionRequired _ -> 428;
            case RateLimited _, QuotaExceeded _ -> 429;
            case QueryCancelled _ -> 499;
            case Internal _ -> 500;
            case Upstream _ -> 502;
            case DatabaseUnavailable _, Overloaded _, Stopping _, CredentialUnchecked _ -> 503;
            case QueryTimeout _ -> 504;
        };
    }

    /// One sentence that a person or a model can act on.
    default String detail() {
        return switch (this) {
            case Invalid p -> p.field() + ": " + p.reason();
            case Unauthenticated p -> p.reason();
            case ReauthenticationRequired _ ->
                    "Your last proof of who you are is too old for this. Reauthenticate, then repeat.";
            case SecondFactorRequired p -> p.reason();
            case Forbidden p -> needed(p.permission());
            case OutOfScope p -> needed(p.permission());
            case NotFound p -> "There is no " + p.kind() + " " + p.id() + ".";
            case Conflict p -> p.reason();
            case StaleVersion p ->
                    "The " + p.kind() + " has changed since it was read. Read it again and retry.";
            case VersionRequired p ->
                    "If-Match is missing. Send the ETag of the "
                            + p.kind()
                            + " that you read, so that nobody's change is lost.";
            case RateLimited p -> limited(p);
            case QuotaExceeded p -> "The quota " + p.quota() + " is used up.";
            case QueryTimeout p ->
                    "The statement ran longer than "
                            + p.limit().toMillis()
                            + " ms and was stopped. Ask for less, or filter earlier.";
            case QueryCancelled p -> p.reason();
            case QueryRejected p -> p.reason();
            case Database p ->
                    "%s (SQLSTATE %s)".formatted(p.message(), p.sqlState())
                            + (p.hint() == null ? "" : ". " + p.hint());
            case DatabaseUnavailable p -> p.reason();
            case Overloaded p ->
                    "All capacity is in use. Retry after " + p.retryAfter().toMillis() + " ms.";
            case Stopping p ->
                    "This server is stopping and has not begun what you asked for. Ask again after "
                            + p.retryAfter().toMillis()
                            + " ms, on a new connection.";
            case Upstream p -> p.system() + " did not answer as it should. Retry later.";
            case CredentialUnchecked p ->
                    "The credential cannot be checked at the moment. Retry after "
                            + p.retryAfter().toSeconds()
                            + " s.";
            case Internal p ->
                    "Something went wrong on our side. Report the incident " + p.incident() + ".";
        };
    }

    private static String needed(String permission) {
        return "This needs the permission " + permission + ".";
    }

    private static String limited(RateLimited p) {
        long seconds = Math.max(1, Math.ceilDiv(p.retryAfter().toMillis(), 1_000));
        String what =
                p.limit().isEmpty()
                        ? "Too many requests."
                        : "The limit of " + p.limit() + " is reached.";
        return what + " Retry after " + seconds + " s.";
    }

    /// Where in the caller's text the problem is: 1-based character, 0 when not known.
    default int position() {
        return switch (this) {
            case QueryRejected p -> p.position();
            case Database p -> p.position();
            default -> 0;
        };
    }

    /// This problem as something to throw.
    default ProblemException exception() {
        return new ProblemException(this, null);
    }

    /// This problem as something to throw, with what caused it for the log.
    default ProblemException exception(Throwable cause) {
        return new ProblemException(this, cause);
    }
}
