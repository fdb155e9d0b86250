package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls a function of a database that reads. Which ones do is for the guard to say, as of any
/// statement that names one.
@Singleton
final class CallFunction implements Tool {
    private static final int MOST_ROWS = 1_000;
    private static final int ROWS = 100;
    private static final int MOST_OVERLOADS = 100;
    private static final int MOST_LISTED = 20;

    private static final String WAY =
            " call_function only reads: what changes rows goes through execute_sql.";

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "call_function",
                    "Call a function",
                    "Calls a function of the database that reads, and returns its value or rows.",
                    Schemas.onDatabase()
                            .optional(
                                    "schema",
                                    Schemas.typed("string")
                                            .put("default", TableName.DEFAULT_SCHEMA))
                            .required("function", Schemas.typed("string"))
                            .optional(
                                    "args",
                                    new JsonObject()
                                            .put("description", "Object by names, or a list."))
                            .optional("limit", Schemas.limit(MOST_ROWS, ROWS))
                            .closed(),
                    Schemas.rows(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DATABASE));

    private final Databases databases;
    private final Catalog catalog;
    private final SqlGuard guard;

    CallFunction(Databases databases, Catalog catalog, SqlGuard guard) {
        this.databases = databases;
        this.catalog = catalog;
        this.guard = guard;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        TableName named = TableName.of(call, "function");
        String schema = named.schema();
        String function = named.table();
        int limit = call.number("limit", ROWS);
        return catalog.functions(database, schema, function, MOST_OVERLOADS)
                .compose(found ->
                        found.isEmpty()
                                ? missing(database, schema, function)
                                : Future.succeededFuture(sql(call, schema, function, found, limit)))
                .compose(sql -> rows(database, sql, limit))
                .map(Outcome::done);
    }

    private static PlacedSql sql(
            ToolCall call, String schema, String function, List<JsonObject> found, int limit) {
        Object given = call.arguments().getValue("args");
        Object args = given == null ? new JsonObject() : given;
        Overload chosen = Overload.choose(found.stream().map(Overload::of).toList(), args);
        if (!chosen.kind().equals("function")) {
            throw invalid(
                    "function",
                    "is of kind %s, not a function.".formatted(chosen.kind())
                            + (chosen.kind().equals("procedure")
                                    ? WAY
                                    : " Use it in query_database"));
        }
        if (chosen.untold()) {
            throw invalid(
                    "function",
                    "returns rows whose columns only its caller can say; use query_database with"
                            + " from … as t (column type, …)");
        }
        PlacedSql sql = new PlacedSql().add("select * from ");
        sql.name(schema).add(".").name(function).add("(");
        chosen.append(sql, args);
        return sql.add(") as result limit " + (limit + 1));
    }

    private Future<ToolAnswer> rows(Databases.Database database, PlacedSql sql, int limit) {
        return guard.read(sql.text())
                .compose(judged -> database.encoded(judged, sql.statement(limit)))
                .recover(failure -> Future.failedFuture(explained(sql.placed(failure))))
                .map(rows -> RowsAnswer.of(rows, null));
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof ProblemException known
                        && known.problem() instanceof Problem.QueryRejected(String reason, int _)
                ? new Problem.QueryRejected(reason + WAY, 0).exception(known)
                : failure;
    }

    private <T> Future<T> missing(Databases.Database database, String schema, String function) {
        return catalog.functions(database, schema, null, MOST_OVERLOADS)
                .map(there -> {
                    String names =
                            there.stream()
                                    .map(one -> one.getString("name"))
                                    .distinct()
                                    .limit(MOST_LISTED)
                                    .collect(Collectors.joining(", "));
                    throw invalid(
                            "function",
                            "%s is none of schema %s that you may call; there are %s"
                                    .formatted(function, schema, names.isEmpty() ? "none" : names));
                });
    }
}
