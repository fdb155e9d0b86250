package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.write.Confirmations;
import dev.drawbridge.gateway.write.WriteConfig;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.List;

/// Runs one statement that writes, in a transaction of its own.
@Singleton
final class ExecuteSql implements Tool {
    private static final String NAME = "execute_sql";
    private static final int MOST_ROWS = 1_000;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    NAME,
                    "Execute SQL",
                    "Runs one statement that writes, and commits it. With confirmation_required"
                            + " nothing was changed: ask your user, then send the same with"
                            + " confirmation.",
                    Schemas.onDatabase()
                            .required(
                                    "sql",
                                    Schemas.sql(
                                            "One INSERT, UPDATE, DELETE, MERGE; DDL if writeMode"
                                                    + " is ddl."))
                            .optional("params", Schemas.params())
                            .optional(
                                    "limit", Schemas.integer("Rows to return.", 1, MOST_ROWS, 100))
                            .optional("dry_run", Schemas.bool("Run it and roll back."))
                            .optional("confirmation", Schemas.typed("string"))
                            .closed(),
                    WriteAnswer.schema(),
                    ToolDefinition.Hints.WRITES_ROWS);

    private final Connections connections;
    private final Databases databases;
    private final SqlGuard guard;
    private final Confirmations confirmations;
    private final long confirmRows;

    ExecuteSql(
            Connections connections,
            Databases databases,
            SqlGuard guard,
            Confirmations confirmations,
            WriteConfig config) {
        this.connections = connections;
        this.databases = databases;
        this.guard = guard;
        this.confirmations = confirmations;
        this.confirmRows = config.confirmRows();
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public boolean isFor(Caller caller) {
        return connections.anyWritable(caller);
    }

    @Override
    public Future<ToolAnswer> call(ToolCall call) {
        Databases.WritableDatabase database = databases.writable(call, NAME);
        if (call.flag("dry_run")) {
            if (call.optionalText("confirmation") != null) {
                throw new Problem.Invalid("confirmation", "is not for a dry run").exception();
            }
            call.reach().note("dryRun", true);
        }
        return guard.write(call.text("sql"), database.connection().writeMode())
                .compose(sql -> decide(call, database, sql));
    }

    private Future<ToolAnswer> decide(
            ToolCall call, Databases.WritableDatabase database, WriteSql sql) {
        String confirmation = call.optionalText("confirmation");
        var deed =
                new Confirmations.Deed(
                        call.caller(),
                        database.connection().id().toString(),
                        database.name(),
                        sql.text(),
                        call.list("params"));
        if (confirmation != null) {
            call.reach().note("confirmation", "given");
            return confirmations
                    .use(deed, confirmation)
                    .compose(rows -> run(call, database, sql, deed, Math.max(rows, confirmRows)));
        }
        if (!call.flag("dry_run") && !sql.dangers().isEmpty()) {
            call.reach().note("confirmation", "asked");
            return Future.succeededFuture(
                    WriteAnswer.asking(
                            sql.dangers(), confirmations.of(deed, Confirmations.ALL_ROWS)));
        }
        return run(call, database, sql, deed, confirmRows);
    }

    private Future<ToolAnswer> run(
            ToolCall call,
            Databases.WritableDatabase database,
            WriteSql sql,
            Confirmations.Deed deed,
            long covered) {
        var statement =
                new WriteStatement(
                        sql.text(),
                        call.list("params"),
                        call.number("limit", 100),
                        sql.hasRows(),
                        sql.isQuery(),
                        call.flag("dry_run"));
        return database.write(sql, statement, changed -> changed <= covered)
                .map(written -> answer(call, sql, deed, written, covered));
    }

    private ToolAnswer answer(
            ToolCall call, WriteSql sql, Confirmations.Deed deed, Written written, long covered) {
        if (written.committed()) {
            return WriteAnswer.committed(written, sql.hasRows());
        }
        List<String> reasons = new ArrayList<>();
        if (written.changed() > covered) {
            reasons.add(
                    "It changes %d rows, those by WITH, triggers and foreign keys included: more than %d."
                            .formatted(written.changed(), covered));
        }
        if (!call.flag("dry_run")) {
            call.reach().note("confirmation", "asked");
            return WriteAnswer.asking(reasons, written, confirmations.of(deed, written.changed()));
        }
        reasons.addAll(sql.dangers());
        return reasons.isEmpty()
                ? WriteAnswer.tried(written, sql.hasRows())
                : WriteAnswer.tried(
                        written, sql.hasRows(), reasons, confirmations.of(deed, written.changed()));
    }
}
