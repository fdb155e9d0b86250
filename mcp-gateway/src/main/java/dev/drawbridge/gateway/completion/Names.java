package dev.drawbridge.gateway.completion;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Completes names of connections, and of what is in their databases, for one caller: what it may
/// not read has no name.
@Singleton
public final class Names {
    /// What is behind it is not counted.
    private static final int COUNTED = 1_000;

    private static final int LONGEST = 200;
    private static final String PUBLIC = "public";

    private final Connections connections;
    private final Databases databases;
    private final Catalog catalog;

    Names(Connections connections, Databases databases, Catalog catalog) {
        this.connections = connections;
        this.databases = databases;
        this.catalog = catalog;
    }

    /// What a name is of.
    public enum Kind {
        CONNECTION,
        DATABASE,
        SCHEMA,
        TABLE,
        COLUMN
    }

    /// What is written already where names are completed: a connection's id, and names of a
    /// database, a schema and a table, as far as they are known.
    ///
    /// @param database null for the connection's own
    /// @param schema null for `public`, where names in one are completed
    public record Within(
            @Nullable String connection,
            @Nullable String database,
            @Nullable String schema,
            @Nullable String table) {
        /// From arguments by their names, `connection_id` or `connection` among them. An empty one
        /// is not known.
        public static Within of(Map<String, String> known) {
            String connection = text(known, "connection_id");
            return new Within(
                    connection == null ? text(known, "connection") : connection,
                    text(known, "database"),
                    text(known, "schema"),
                    text(known, "table"));
        }

        /// The schema that names are looked for in.
        public String schemaOrPublic() {
            return schema == null ? PUBLIC : schema;
        }

        private static @Nullable String text(Map<String, String> known, String name) {
            String text = known.get(name);
            return text == null || text.isEmpty() ? null : text;
        }
    }

    /// The kind of name that an argument or a variable takes; null for one that takes anything.
    public static @Nullable Kind kind(String argument) {
        return switch (argument) {
            case "connection", "connection_id" -> Kind.CONNECTION;
            case "database" -> Kind.DATABASE;
            case "schema" -> Kind.SCHEMA;
            case "table" -> Kind.TABLE;
            case "column" -> Kind.COLUMN;
            default -> null;
        };
    }

    /// Names of that kind that have in them what is written, first those that begin so. A
    /// connection is found by its name too. Nothing where something else has to be known first,
    /// there is no such thing for the caller, or its database does not answer.
    ///
    /// @param may which of them are meant
    public Future<Completion> complete(
            Caller caller, Kind kind, Within within, String written, Predicate<String> may) {
        if (written.length() > LONGEST || written.indexOf(0) >= 0) {
            return Future.succeededFuture(Completion.NOTHING);
        }
        try {
            return found(caller, kind, within, written)
                    .map(names ->
                            Completion.of(
                                    names.stream().filter(may).toList(), names.size() < COUNTED))
                    .recover(Names::nothing);
        } catch (ProblemException unknown) {
            return nothing(unknown);
        }
    }

    private static Future<Completion> nothing(Throwable failure) {
        return failure instanceof ProblemException
                ? Future.succeededFuture(Completion.NOTHING)
                : Future.failedFuture(failure);
    }

    private Future<List<String>> found(Caller caller, Kind kind, Within within, String written) {
        if (kind == Kind.CONNECTION) {
            return Future.succeededFuture(ids(caller, written));
        }
        String connection = within.connection();
        if (connection == null) {
            return Future.succeededFuture(List.of());
        }
        if (kind == Kind.DATABASE) {
            return databases(caller, connection, written);
        }
        if (kind == Kind.COLUMN && within.table() == null) {
            return Future.succeededFuture(List.of());
        }
        // From nowhere: nothing of a connection that is bound to networks.
        var database =
                databases.of(
                        caller, connection, within.database(), new CancelSignal(), new Reach(null));
        String schema = within.schemaOrPublic();
        return switch (kind) {
            case SCHEMA -> catalog.names(database, null, null, written, COUNTED);
            case TABLE -> catalog.names(database, schema, null, written, COUNTED);
            default -> catalog.names(database, schema, within.table(), written, COUNTED);
        };
    }

    private List<String> ids(Caller caller, String written) {
        String part = written.toLowerCase(Locale.ROOT);
        return connections.visible(caller).stream()
                .filter(one -> begins(one, part))
                .limit(COUNTED)
                .map(one -> one.id().toString())
                .toList();
    }

    private static boolean begins(Connection connection, String part) {
        return connection.id().toString().startsWith(part)
                || connection.name().toLowerCase(Locale.ROOT).startsWith(part);
    }

    private Future<List<String>> databases(Caller caller, String connection, String written) {
        String part = written.toLowerCase(Locale.ROOT);
        return databases
                .names(caller, connection)
                .map(all ->
                        all.stream()
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
                                .toList());
    }
}
