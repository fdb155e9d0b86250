package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Set;

/// Shows what rows of a table look like: some of them, from all over it, without reading it all.
@Singleton
final class SampleRows implements Tool {
    private static final int MOST_ROWS = 50;
    private static final int ROWS = 5;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "sample_rows",
                    "Sample rows",
                    "Shows some rows from all over a table, long values cut, to learn what its"
                            + " columns hold.",
                    TableName.arguments()
                            .optional(
                                    "columns",
                                    Schemas.list(new JsonObject())
                                            .put("maxItems", 200)
                                            .put("description", "Only these; default all."))
                            .optional("limit", Schemas.limit(MOST_ROWS, ROWS))
                            .closed(),
                    Schemas.of()
                            .required("columns", Schemas.columns())
                            .required("rows", Schemas.list(Schemas.typed("array")))
                            .required("rowCount", Schemas.typed("integer"))
                            .required("sampling", Schemas.typed("string"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DATABASE));

    private final Databases databases;
    private final Catalog catalog;
    private final SqlGuard guard;

    SampleRows(Databases databases, Catalog catalog, SqlGuard guard) {
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
        TableName table = TableName.of(call);
        JsonArray wanted = call.arguments().getJsonArray("columns", new JsonArray());
        int limit = call.number("limit", ROWS);
        return catalog.columns(database, table.schema(), table.table())
                .map(found ->
                        Sample.of(
                                table,
                                wanted,
                                limit,
                                found.orElseThrow(() ->
                                        new Problem.NotFound(
                                                        "table or view that you may read,",
                                                        table.qualified())
                                                .exception())))
                .compose(sample -> rows(database, sample, sample.method()))
                .map(Outcome::done);
    }

    /// Of pages that hold too little for this caller, the table is read from its beginning.
    private Future<ToolAnswer> rows(
            Databases.Database database, Sample sample, Sample.Method method) {
        PlacedSql sql = sample.sql(method);
        return guard.read(sql.text())
                .compose(judged -> database.encoded(judged, sql.statement(sample.limit())))
                .recover(failure -> Future.failedFuture(sql.placed(failure)))
                .compose(rows ->
                        method == Sample.Method.PAGES && rows.count() < sample.limit()
                                ? rows(database, sample, Sample.Method.FIRST)
                                : Future.succeededFuture(answer(rows, method)));
    }

    private static ToolAnswer answer(EncodedRows rows, Sample.Method method) {
        String counted = rows.count() == 1 ? "1 row: " : rows.count() + " rows: ";
        return new ToolAnswer(
                UntrustedText.enclose(rows.tsv(), counted + method.described() + "."),
                "{" + RowsAnswer.fields(rows) + ",\"sampling\":\"" + method.described() + "\"}",
                rows.count());
    }
}
