package dev.drawbridge.sql;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.pgclient.PgException;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.UUID;

/// What a failure of the datastore means to the caller of our API. (On a target database the words
/// are PostgreSQL's own, because there the statement is the caller's.)
final class SqlProblems {
    private static final Logger LOG = Logger.getLogger(SqlProblems.class);

    private SqlProblems() {}

    /// Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
    static Problem of(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (!(failure instanceof PgException database)) {
            LOG.errorf("The datastore cannot be reached: %s", failure.toString());
            return new Problem.DatabaseUnavailable("The datastore cannot be reached.");
        }
        return switch (database.getSqlState()) {
            case "23505" -> new Problem.Conflict("There is one of that name already.");
            case "23503" -> new Problem.Conflict("Something that this refers to is not there.");
            case "40001", "40P01" -> new Problem.Conflict("Someone else changed this. Retry.");
            case "57014" -> new Problem.Overloaded(Duration.ofSeconds(1));
            case "53300", "57P03", "57P01" ->
                    new Problem.DatabaseUnavailable("The datastore takes no connection.");
            default -> internal(database);
        };
    }

    private static Problem internal(PgException database) {
        var incident = UUID.randomUUID().toString();
        LOG.errorf(
                "incident=%s sqlState=%s %s",
                incident, database.getSqlState(), database.getErrorMessage());
        return new Problem.Internal(incident);
    }
}
