package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// Holds statements that people keep against the databases that they are for: the guard, the
/// catalog, and the server's own word.
@Singleton
public final class OwnStatements {
    private final Connections connections;
    private final SqlGuard guard;
    private final KeptStatements statements;

    OwnStatements(Connections connections, SqlGuard guard, KeptStatements statements) {
        this.connections = connections;
        this.guard = guard;
        this.statements = statements;
    }

    /// Where a definition's statement runs.
    ///
    /// @param connection its id or name
    /// @param database null for the connection's own
    public record Place(String connection, @Nullable String database) {
        private static final int LONGEST_REFERENCE = 64;

        /// Refuses what can be no place.
        ///
        /// @throws ProblemException `VALIDATION_ERROR`
        public static void require(@Nullable String connection, @Nullable String database) {
            if (connection == null) {
                throw OwnText.invalid("connection", "is missing: its id or name");
            }
            if (connection.isBlank() || connection.length() > LONGEST_REFERENCE) {
                throw OwnText.invalid("connection", "must be the id or the name of one");
            }
            if (database != null) {
                StartupName.require("database", database);
            }
        }
    }

    /// What the database says of a statement that reads.
    ///
    /// @return fails with `VALIDATION_ERROR` that names the field and the place in the statement;
    ///   `DATABASE_UNAVAILABLE`, `OVERLOADED` when nobody can say
    public Future<Described> reading(String tenant, Place place, NamedSql sql) {
        Connection connection = connection(tenant, place);
        String database = database(connection, place);
        return guard.read(sql.text())
                .compose(it -> statements.described(connection, database, it))
                .recover(failure -> Future.failedFuture(told(failure, sql)));
    }

    /// What the database says of a statement that writes.
    ///
    /// @return fails as [#reading]; with the field `access` where the connection takes no writes
    public Future<Described> writing(String tenant, Place place, NamedSql sql) {
        Connection connection = connection(tenant, place);
        String database = database(connection, place);
        if (!connection.allowWrites()) {
            throw OwnText.invalid("access", "is write, but the connection's allowWrites is false");
        }
        return guard.write(sql.text(), connection.writeMode())
                .compose(it -> statements.described(connection, database, it))
                .recover(failure -> Future.failedFuture(told(failure, sql)));
    }

    /// Refuses who may not read the database.
    ///
    /// @throws ProblemException `AUTHORIZATION_ERROR`, `NOT_FOUND`; `VALIDATION_ERROR` for a
    ///   connection that the tenant does not have
    public void requireReadable(Caller caller, Place place) {
        Connection connection = connection(caller.tenant(), place);
        connections.readable(caller, connection.id().toString(), database(connection, place));
    }

    /// Refuses who may not write to the database; of a connection that takes no writes, who may not
    /// read it.
    ///
    /// @throws ProblemException as [#requireReadable]
    public void requireWritable(Caller caller, Place place) {
        Connection connection = connection(caller.tenant(), place);
        if (connection.allowWrites()) {
            connections.writable(caller, connection.id().toString(), database(connection, place));
        } else {
            requireReadable(caller, place);
        }
    }

    private Connection connection(String tenant, Place place) {
        return connections
                .of(tenant, place.connection())
                .orElseThrow(
                        () -> OwnText.invalid("connection", "is not there: " + place.connection()));
    }

    private static String database(Connection connection, Place place) {
        return place.database() == null ? connection.database() : place.database();
    }

    private static Throwable told(Throwable failure, NamedSql sql) {
        return failure instanceof ProblemException known
                ? OwnProblems.invalid(known.problem(), sql::written)
                : failure;
    }
}
