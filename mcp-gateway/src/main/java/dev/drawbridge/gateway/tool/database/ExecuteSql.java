package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.write.Confirmations;
import dev.drawbridge.gateway.write.WriteConfig;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs one statement that writes, in a transaction of its own.
@Singleton
final class ExecuteSql implements Tool {
    private static final String NAME = "execute_sql";
    private static final int MOST_ROWS = 1_000;
    private static final String CONFIRMATION = "confirmation";

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
                            .optional(CONFIRMATION, Schemas.typed("string"))
                            .closed(),
                    WriteAnswer.schema(),
                    ToolDefinition.Hints.WRITES_ROWS,
                    true,
                    Set.of(Features.DEFAULT, Features.DATABASE));

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
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.WritableDatabase database = databases.writable(call, NAME);
        if (call.flag("dry_run")) {
            if (call.optionalText(CONFIRMATION) != null) {
                throw new Problem.Invalid("confirmation", "is not for a dry run").exception();
            }
            call.reach().note("dryRun", true);
        }
        return guard.write(call.text("sql"), database.connection().writeMode())
                .compose(sql -> decide(call, database, sql));
    }

    private Future<Outcome<ToolAnswer>> decide(
            ToolCall call, Databases.WritableDatabase database, WriteSql sql) {
        String confirmation = confirmation(call);
        if (confirmation == null && isDeclined(call)) {
            call.reach().note(CONFIRMATION, "declined");
            return Future.succeededFuture(Outcome.done(WriteAnswer.declined()));
        }
        var deed =
                new Confirmations.Deed(
                        call.caller(),
                        database.connection().id().toString(),
                        database.name(),
                        sql.text(),
                        call.list("params"));
        if (confirmation != null) {
            call.reach().note(CONFIRMATION, "given");
            return confirmations
                    .use(deed, confirmation)
                    .compose(rows -> run(call, database, sql, deed, Math.max(rows, confirmRows)));
        }
        if (!call.flag("dry_run") && !sql.dangers().isEmpty()) {
            String asked = confirmations.of(deed, Confirmations.ALL_ROWS);
            return Future.succeededFuture(
                    ask(
                            call,
                            database,
                            sql.dangers(),
                            asked,
                            WriteAnswer.asking(sql.dangers(), asked)));
        }
        return run(call, database, sql, deed, confirmRows);
    }

    private Future<Outcome<ToolAnswer>> run(
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
                .map(written -> answer(call, database, sql, deed, written, covered));
    }

    private Outcome<ToolAnswer> answer(
            ToolCall call,
            Databases.WritableDatabase database,
            WriteSql sql,
            Confirmations.Deed deed,
            Written written,
            long covered) {
        if (written.committed()) {
            return Outcome.done(WriteAnswer.committed(written, sql.hasRows()));
        }
        List<String> reasons = new ArrayList<>();
        if (written.changed() > covered) {
            reasons.add(
                    "It changes %d rows, those by WITH, triggers and foreign keys included: more than %d."
                            .formatted(written.changed(), covered));
        }
        if (!call.flag("dry_run")) {
            String asked = confirmations.of(deed, written.changed());
            return ask(call, database, reasons, asked, WriteAnswer.asking(reasons, written, asked));
        }
        reasons.addAll(sql.dangers());
        return Outcome.done(
                reasons.isEmpty()
                        ? WriteAnswer.tried(written, sql.hasRows())
                        : WriteAnswer.tried(
                                written,
                                sql.hasRows(),
                                reasons,
                                confirmations.of(deed, written.changed())));
    }

    /// By the client's person, where it has one to ask; else by whoever gets this answer and comes
    /// back with the confirmation in it.
    private static Outcome<ToolAnswer> ask(
            ToolCall call,
            Databases.WritableDatabase database,
            List<String> reasons,
            String confirmation,
            ToolAnswer otherwise) {
        call.reach().note(CONFIRMATION, "asked");
        return call.client().abilities().contains(Ability.ELICITATION)
                ? new Outcome.InputRequired<>(
                        Map.of(
                                WriteQuestion.KEY,
                                WriteQuestion.of(database, call.text("sql"), reasons)),
                        new JsonObject().put(CONFIRMATION, confirmation))
                : Outcome.done(otherwise);
    }

    /// The confirmation that the call carries, or that was kept until its person said yes.
    private static @Nullable String confirmation(ToolCall call) {
        String given = call.optionalText(CONFIRMATION);
        JsonObject kept = call.inputs().state();
        return given == null && kept != null && WriteQuestion.isMeant(call.inputs())
                ? kept.getString(CONFIRMATION)
                : given;
    }

    private static boolean isDeclined(ToolCall call) {
        return call.inputs().state() != null && call.inputs().answer(WriteQuestion.KEY) != null;
    }
}
