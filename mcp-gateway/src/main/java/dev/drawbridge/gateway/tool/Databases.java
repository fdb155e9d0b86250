package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.cache.Freshness;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.connection.DatabaseNames;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongPredicate;

/// From the ids in a call to a database that this caller may read, with the caller's row-level
/// identity already bound to it.
@Singleton
public final class Databases {
    private static final int VIEW_BYTES = 16;

    private final Connections connections;
    private final Targets targets;
    private final DatabaseNames names;
    private final RowContexts contexts;
    private final Reads reads;
    private final ToolCallTrail trail;
    private final Vertx vertx;

    Databases(
            Connections connections,
            Targets targets,
            DatabaseNames names,
            RowContexts contexts,
            Reads reads,
            ToolCallTrail trail,
            Vertx vertx) {
        this.connections = connections;
        this.targets = targets;
        this.names = names;
        this.contexts = contexts;
        this.reads = reads;
        this.trail = trail;
        this.vertx = vertx;
    }

    /// The database that a call's `connection_id` and `database` name.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`, `AUTHORIZATION_ERROR`
    public Database of(ToolCall call) {
        Database database =
                of(
                        call.caller(),
                        call.text("connection_id"),
                        call.optionalText("database"),
                        call.signal(),
                        call.reach());
        Integer age = call.arguments().getInteger("max_age");
        return age == null ? database : database.with(Freshness.within(age));
    }

    /// The same for a caller who looks after the database.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`, `AUTHORIZATION_ERROR`
    public Database administered(ToolCall call) {
        Database database = of(call);
        Authorization.require(
                call.caller(),
                Level.ADMIN,
                ProtectedObject.database(database.connection().id().toString(), database.name()));
        return database;
    }

    /// The same for a call that writes.
    ///
    /// @param tool the name of the tool that is called
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`, `AUTHORIZATION_ERROR`
    public WritableDatabase writable(ToolCall call, String tool) {
        return writable(call, tool, of(call));
    }

    /// The same for a call that does not say itself on which database.
    public WritableDatabase writable(ToolCall call, String tool, Database database) {
        connections.writable(call.caller(), database.connection().id().toString(), database.name());
        var record =
                new ToolCallRecord(
                        call.caller(), call.address(), tool, call.arguments(), call.reach());
        return new WritableDatabase(database, record);
    }

    /// The same for what is no tool call.
    ///
    /// @param database null for the connection's own
    public Database of(
            Caller caller, String id, @Nullable String database, CancelSignal signal, Reach reach) {
        Connection known = connections.get(caller, id);
        String name = name(known, database);
        reach.note(known.id(), name, null);
        Connection connection = connections.readable(caller, known.id().toString(), name);
        connection.requireFrom(reach);
        Target target = connections.target(caller, connection);
        RowContext who = contexts.of(caller, target).of(reach.served());
        reach.note(known.id(), name, who.description());
        var pool = pool(connection, target, name, who);
        boolean administered = may(caller, Level.ADMIN, known.id().toString(), name);
        var asked = new Reads.Asked(caller, target, connection.cache().freshness());
        return new Database(connection, name, pool, who, administered, signal, asked, reads);
    }

    /// As whom a caller sees a database, as a short text: for two callers with the same one its
    /// catalogs say the same.
    ///
    /// @param database null for the connection's own
    /// @throws dev.drawbridge.problem.ProblemException as [#of(ToolCall)]
    public String view(Caller caller, String id, @Nullable String database) {
        Connection known = connections.get(caller, id);
        String name = name(known, database);
        Target target = connections.target(caller, connections.readable(caller, id, name));
        var seen =
                Arrays.asList(
                        known.id(), name, target.login(), target.username(), target.rls().role());
        return HexFormat.of().formatHex(Digest.of(seen.toString()), 0, VIEW_BYTES);
    }

    /// Names of the databases of a connection that the caller may read, in order.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`
    public Future<List<String>> names(Caller caller, String id) {
        Connection connection = connections.get(caller, id);
        Target target = connections.target(caller, connection);
        String own = connection.database();
        return names.of(target, own, contexts.of(caller, target))
                .map(all ->
                        all.stream().filter(name -> may(caller, Level.READ, id, name)).toList());
    }

    private static String name(Connection known, @Nullable String asked) {
        return asked == null ? known.database() : StartupName.require("database", asked);
    }

    private static boolean may(Caller caller, Level level, String id, String database) {
        return Authorization.may(caller, level, ProtectedObject.database(id, database));
    }

    /// Only of a database that is there: a caller can make up as many names as it likes.
    private Future<TargetPool> pool(
            Connection connection, Target target, String name, RowContext who) {
        if (name.equals(connection.database())) {
            return Future.succeededFuture(targets.pool(target, name));
        }
        return names.of(target, connection.database(), who)
                .map(all -> {
                    if (!all.contains(name)) {
                        throw new Problem.NotFound("database", "of that name").exception();
                    }
                    return targets.pool(target, name);
                });
    }

    /// A database as one caller reads it.
    ///
    /// @param pool fails with `NOT_FOUND` when there is no such database
    /// @param isAdministered whether the caller looks after it, and may know what its readers may
    ///   not
    public record Database(
            Connection connection,
            String name,
            Future<TargetPool> pool,
            RowContext who,
            boolean isAdministered,
            CancelSignal signal,
            Reads.Asked asked,
            Reads reads) {

        /// Rows of a statement of an agent's, if it can mean nothing in this database but what
        /// reads. They may be kept from before, where that is wished for.
        ///
        /// @param sql what `statement` sends, or explains
        public Future<EncodedRows> encoded(ReadOnlySql sql, Statement statement) {
            return reads.encoded(this, sql, statement);
        }

        /// The same as values, for a statement with names that an agent gave; always read now.
        public Future<List<List<@Nullable Object>>> values(ReadOnlySql sql, Statement statement) {
            return reads.values(this, sql, statement);
        }

        /// The same for a tool whose rows may be so old, unless its caller said something else.
        public Database keptFor(Duration most) {
            return asked.fresh().strict() ? this : with(new Freshness(most, false));
        }

        /// Values, with what the session is to remember meanwhile.
        public Future<List<List<@Nullable Object>>> values(
                ReadOnlySql sql, Staging staging, Statement statement) {
            return reads.values(this, sql, staging, statement);
        }

        private Database with(Freshness fresh) {
            var other = new Reads.Asked(asked.caller(), asked.target(), fresh);
            return new Database(connection, name, pool, who, isAdministered, signal, other, reads);
        }

        /// Rows of a statement of our own.
        public Future<List<List<@Nullable Object>>> values(
                String sql, @Nullable Object... parameters) {
            return reads.own(this, Statement.own(sql, parameters));
        }
    }

    /// A database as one caller writes to it. There is no other way to a write, so none runs that
    /// is not on record.
    public final class WritableDatabase {
        private final Database database;
        private final ToolCallRecord record;

        private WritableDatabase(Database database, ToolCallRecord record) {
            this.database = database;
            this.record = record;
        }

        /// The connection that it is reached by.
        public Connection connection() {
            return database.connection();
        }

        /// Its own name.
        public String name() {
            return database.name();
        }

        /// Runs a statement once it is on record that it will run, if it can mean nothing in this
        /// database but what it says.
        ///
        /// @param sql what `statement` sends
        /// @param mayStay whether so many changed rows may be committed; else all is undone
        public Future<Written> write(
                WriteSql sql, WriteStatement statement, LongPredicate mayStay) {
            Context context = vertx.getOrCreateContext();
            var notes = new WriteNotes(record.reach());
            return reads.judged(database, catalog -> catalog.check(sql))
                    .compose(open ->
                            onItsContext(context, trail.begin(record))
                                    .compose(_ -> write(open.pool(), statement, mayStay)))
                    .onSuccess(notes::of)
                    .onFailure(notes::of);
        }

        private Future<Written> write(
                TargetPool pool, WriteStatement statement, LongPredicate mayStay) {
            return reads.charged(
                            database,
                            () -> pool.write(database.who(), statement, mayStay, database.signal()),
                            Written::changed,
                            _ -> 0)
                    .onComplete(_ -> reads.written(database));
        }

        /// Runs a statement of ours that does more than change rows, once it is on record.
        public Future<List<List<@Nullable Object>>> act(
                String sql, @Nullable Object... parameters) {
            Context context = vertx.getOrCreateContext();
            return onItsContext(context, trail.begin(record))
                    .compose(_ -> database.values(sql, parameters));
        }
    }

    private static Future<Void> onItsContext(Context context, Future<Void> future) {
        return Future.fromCompletionStage(future.toCompletionStage(), context);
    }
}
