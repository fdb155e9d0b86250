package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// From the ids in a call to a database that this caller may read, with the caller's row-level
/// identity already bound to it.
@Singleton
public final class Databases {
    private final Connections connections;
    private final Targets targets;
    private final RowContexts contexts;

    Databases(Connections connections, Targets targets, RowContexts contexts) {
        this.connections = connections;
        this.targets = targets;
        this.contexts = contexts;
    }

    /// The database that a call's `connection_id` and `database` name.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`, `AUTHORIZATION_ERROR`
    Database of(ToolCall call) {
        return of(
                call.caller(),
                call.text("connection_id"),
                call.optionalText("database"),
                call.signal(),
                call.reach());
    }

    /// The same for what is no tool call.
    ///
    /// @param database null for the connection's own
    public Database of(
            Caller caller, String id, @Nullable String database, CancelSignal signal, Reach reach) {
        Connection known = connections.get(caller, id);
        String name = database == null ? known.database() : database;
        reach.note(known.id(), name, null);
        Connection connection = connections.readable(caller, known.id().toString(), name);
        Target target = connections.target(caller, connection);
        RowContext who = contexts.of(caller, target.rls(), target.mode());
        reach.note(known.id(), name, who.description());
        return new Database(connection, name, targets.pool(target, name), who, signal);
    }

    /// A database as one caller reads it.
    public record Database(
            Connection connection,
            String name,
            TargetPool pool,
            RowContext who,
            CancelSignal signal) {

        public Future<EncodedRows> encoded(Statement statement) {
            return pool.encoded(who, statement, signal);
        }

        /// Rows of a statement of our own.
        public Future<List<List<@Nullable Object>>> values(
                String sql, @Nullable Object... parameters) {
            return pool.values(who, Statement.own(sql, parameters), signal);
        }
    }
}
