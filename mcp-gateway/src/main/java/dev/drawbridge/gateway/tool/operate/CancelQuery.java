package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Ends a statement of another session, and looks whether it has ended.
@Singleton
final class CancelQuery implements Tool {
    private static final String NAME = "cancel_query";
    private static final String CANCEL = OperateSql.read("cancel");
    private static final String RUNNING = OperateSql.read("running");
    private static final int LOOKS = 20;
    private static final int BETWEEN_MS = 100;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "cancel_query",
                    "Cancel a query",
                    "Cancels the statement that a session runs (its transaction fails, the session"
                            + " stays) and says whether it ended. Only what the connection's login"
                            + " may cancel; recorded.",
                    Schemas.onDatabase()
                            .required(
                                    "pid",
                                    Schemas.typed("integer")
                                            .put("minimum", 1)
                                            .put("maximum", Integer.MAX_VALUE)
                                            .put("description", "From active_queries."))
                            .optional(
                                    "started",
                                    Schemas.string(
                                                    "Cancel only the statement that started then,"
                                                            + " as active_queries says.")
                                            .put("maxLength", 40))
                            .closed(),
                    Schemas.of()
                            .required("pid", Schemas.typed("integer"))
                            .required("outcome", Schemas.typed("string"))
                            .open(),
                    new ToolDefinition.Hints(false, true, false, false),
                    Set.of(Features.OPERATE));

    private final Connections connections;
    private final Databases databases;
    private final Vertx vertx;

    CancelQuery(Connections connections, Databases databases, Vertx vertx) {
        this.connections = connections;
        this.databases = databases;
        this.vertx = vertx;
    }

    /// What has come of it.
    private enum Ending {
        ENDED("The statement has ended."),
        RUNNING(
                "The signal was sent, and the statement still runs after two seconds: some work takes"
                        + " a while to stop. Look again with active_queries."),
        GONE(
                "Nothing was cancelled: there is no such session, or it runs another statement by"
                        + " now. active_queries names those that run."),
        NOT_SHOWN(
                "The signal was sent; whether the statement ended the login does not see (grant it"
                        + " pg_read_all_stats)."),
        IDLE(
                "Nothing was cancelled: the session runs no statement. One that is idle in"
                        + " transaction has to commit or roll back; this gateway ends no sessions.");

        private final String told;

        Ending(String told) {
            this.told = told;
        }
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
        int pid = call.number("pid", 0);
        call.reach().note("pid", pid);
        Databases.WritableDatabase writable = databases.writable(call, NAME);
        Databases.Database database = databases.of(call);
        return writable.act(CANCEL, pid, call.optionalText("started"))
                .recover(CancelQuery::refused)
                .compose(rows ->
                        rows.isEmpty()
                                ? Future.succeededFuture(Ending.GONE)
                                : ending(database, pid, rows.getFirst()))
                .map(ending -> {
                    call.reach().note("cancelled", ending.name().toLowerCase(Locale.ROOT));
                    return answer(pid, ending);
                });
    }

    /// In words of the arguments.
    private static <T> Future<T> refused(Throwable failure) {
        return Future.failedFuture(
                failure instanceof ProblemException known
                                && known.problem() instanceof Problem.Invalid
                        ? new Problem.Invalid("started", "is no time as active_queries tells it")
                                .exception()
                        : failure);
    }

    private Future<Ending> ending(
            Databases.Database database, int pid, List<@Nullable Object> row) {
        String started = (String) row.get(2);
        if (!Boolean.TRUE.equals(row.get(3))) {
            return Future.succeededFuture(Ending.IDLE);
        }
        return started == null
                ? Future.succeededFuture(Ending.NOT_SHOWN)
                : look(database, pid, started, LOOKS);
    }

    private Future<Ending> look(Databases.Database database, int pid, String started, int left) {
        return database.values(RUNNING, pid, started)
                .compose(rows -> {
                    boolean runs =
                            !rows.isEmpty() && Boolean.TRUE.equals(rows.getFirst().getFirst());
                    if (!runs || left == 0) {
                        return Future.succeededFuture(runs ? Ending.RUNNING : Ending.ENDED);
                    }
                    return vertx.timer(BETWEEN_MS, TimeUnit.MILLISECONDS)
                            .compose(_ -> look(database, pid, started, left - 1));
                });
    }

    private static Outcome<ToolAnswer> answer(int pid, Ending ending) {
        String outcome = ending.name().toLowerCase(Locale.ROOT);
        return Outcome.done(
                new ToolAnswer(
                        "pid " + pid + ": " + ending.told,
                        new JsonObject().put("pid", pid).put("outcome", outcome).encode(),
                        0));
    }
}
