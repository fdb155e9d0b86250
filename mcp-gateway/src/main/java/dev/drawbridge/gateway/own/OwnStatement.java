package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// A statement that somebody keeps, in use: where it runs, and whether its database still takes it.
public final class OwnStatement {
    private final Connections connections;
    private final String word;
    private final String tenant;
    private final OwnStatements.Place place;
    private final NamedSql sql;
    private volatile @Nullable String broken;

    /// @param word what uses it: `tool`, `resource`
    public OwnStatement(
            Connections connections,
            String word,
            String tenant,
            OwnStatements.Place place,
            NamedSql sql) {
        this.connections = connections;
        this.word = word;
        this.tenant = tenant;
        this.place = place;
        this.sql = sql;
    }

    /// The statement as the server takes it.
    public NamedSql sql() {
        return sql;
    }

    /// Where it runs; null for the connection's own database.
    public @Nullable String database() {
        return place.database();
    }

    /// Whether a caller may run it. One whose connection is gone is there for all who could run it,
    /// to say so.
    public boolean isFor(Caller caller, Level level) {
        return found().map(it -> connections.isOpen(caller, it, place.database(), level))
                .orElse(true);
    }

    /// The connection that it runs at.
    ///
    /// @throws ProblemException `DATABASE_UNAVAILABLE` when it is gone
    public Connection connection() {
        return found().orElseThrow(
                        () -> new Problem.DatabaseUnavailable(noConnection()).exception());
    }

    /// Why it cannot be run now, as far as is known; null when it can.
    public @Nullable String broken() {
        return found().isEmpty() ? noConnection() : broken;
    }

    /// Takes note of what a check has found.
    public void note(@Nullable String problem) {
        broken = problem;
    }

    /// What came of running it, which says whether it still can be.
    ///
    /// @return fails with problems in terms of what its author wrote
    public <R> Future<R> used(Future<R> result) {
        return result.onSuccess(_ -> broken = null)
                .recover(failure -> Future.failedFuture(told(failure)));
    }

    private Throwable told(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return failure;
        }
        ProblemException told = OwnProblems.ofUse(word, known, sql);
        if (OwnProblems.isBroken(told.problem())) {
            broken = told.getMessage();
        }
        return told;
    }

    private Optional<Connection> found() {
        return connections.of(tenant, place.connection());
    }

    private String noConnection() {
        return "This %s's connection is gone: %s.".formatted(word, place.connection());
    }
}
