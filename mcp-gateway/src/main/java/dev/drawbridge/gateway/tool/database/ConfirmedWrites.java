package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.write.Confirmations;
import dev.drawbridge.gateway.write.WriteConfig;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a statement that writes, whoever wrote it: what may destroy more than is meant is asked for
/// first, and what changes more rows than were meant is undone.
@Singleton
public final class ConfirmedWrites {
    /// The argument that wants everything undone.
    public static final String DRY_RUN = "dry_run";

    /// The argument that brings a confirmation.
    public static final String CONFIRMATION = "confirmation";

    private final SqlGuard guard;
    private final Confirmations confirmations;
    private final long confirmRows;

    ConfirmedWrites(SqlGuard guard, Confirmations confirmations, WriteConfig config) {
        this.guard = guard;
        this.confirmations = confirmations;
        this.confirmRows = config.confirmRows();
    }

    /// JSON Schema of what comes of it.
    public static JsonObject answerSchema() {
        return WriteAnswer.schema();
    }

    /// A statement that somebody wants to be run.
    ///
    /// @param params values of `$1`, `$2` …
    /// @param limit rows of its answer to hand out at most
    public record Order(String sql, List<@Nullable Object> params, int limit) {}

    /// Runs it, or asks first.
    ///
    /// @param call whose arguments may be a dry run or bring a confirmation
    public Future<Outcome<ToolAnswer>> run(
            ToolCall call, Databases.WritableDatabase database, Order order) {
        if (call.flag(DRY_RUN)) {
            if (call.optionalText(CONFIRMATION) != null) {
                throw new Problem.Invalid(CONFIRMATION, "is not for a dry run").exception();
            }
            call.reach().note("dryRun", true);
        }
        return guard.write(order.sql(), database.connection().writeMode())
                .compose(sql -> decide(new Request(call, database, order, sql)));
    }

    private record Request(
            ToolCall call, Databases.WritableDatabase database, Order order, WriteSql sql) {
        Confirmations.Deed deed() {
            return new Confirmations.Deed(
                    call.caller(),
                    database.connection().id().toString(),
                    database.name(),
                    sql.text(),
                    order.params());
        }
    }

    private Future<Outcome<ToolAnswer>> decide(Request request) {
        ToolCall call = request.call();
        WriteSql sql = request.sql();
        String confirmation = confirmation(call);
        if (confirmation == null && isDeclined(call)) {
            call.reach().note(CONFIRMATION, "declined");
            return Future.succeededFuture(Outcome.done(WriteAnswer.declined()));
        }
        if (confirmation != null) {
            call.reach().note(CONFIRMATION, "given");
            return confirmations
                    .use(request.deed(), confirmation)
                    .compose(rows -> run(request, Math.max(rows, confirmRows)));
        }
        if (!call.flag(DRY_RUN) && !sql.dangers().isEmpty()) {
            String asked = confirmations.of(request.deed(), Confirmations.ALL_ROWS);
            return Future.succeededFuture(
                    ask(request, sql.dangers(), asked, WriteAnswer.asking(sql.dangers(), asked)));
        }
        return run(request, confirmRows);
    }

    private Future<Outcome<ToolAnswer>> run(Request request, long covered) {
        WriteSql sql = request.sql();
        var statement =
                new WriteStatement(
                        sql.text(),
                        request.order().params(),
                        request.order().limit(),
                        sql.hasRows(),
                        sql.isQuery(),
                        request.call().flag(DRY_RUN));
        return request.database()
                .write(sql, statement, changed -> changed <= covered)
                .map(written -> answer(request, written, covered));
    }

    private Outcome<ToolAnswer> answer(Request request, Written written, long covered) {
        WriteSql sql = request.sql();
        if (written.committed()) {
            return Outcome.done(WriteAnswer.committed(written, sql.hasRows()));
        }
        List<String> reasons = new ArrayList<>();
        if (written.changed() > covered) {
            reasons.add(
                    "It changes %d rows, those by WITH, triggers and foreign keys included: more than %d."
                            .formatted(written.changed(), covered));
        }
        if (!request.call().flag(DRY_RUN)) {
            String asked = confirmations.of(request.deed(), written.changed());
            return ask(request, reasons, asked, WriteAnswer.asking(reasons, written, asked));
        }
        reasons.addAll(sql.dangers());
        return Outcome.done(
                reasons.isEmpty()
                        ? WriteAnswer.tried(written, sql.hasRows())
                        : WriteAnswer.tried(
                                written,
                                sql.hasRows(),
                                reasons,
                                confirmations.of(request.deed(), written.changed())));
    }

    /// By the client's person, where it has one to ask; else by whoever gets this answer and comes
    /// back with the confirmation in it.
    private static Outcome<ToolAnswer> ask(
            Request request, List<String> reasons, String confirmation, ToolAnswer otherwise) {
        ToolCall call = request.call();
        call.reach().note(CONFIRMATION, "asked");
        return call.client().abilities().contains(Ability.ELICITATION)
                ? new Outcome.InputRequired<>(
                        Map.of(
                                WriteQuestion.KEY,
                                WriteQuestion.of(
                                        request.database(), request.order().sql(), reasons)),
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
