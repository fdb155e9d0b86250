package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.PageCursor;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;

/// Reads rows of a table, and of tables related to it, without SQL: for who does not write any, and
/// for programs that would have to quote it.
@Singleton
final class QueryTable implements Tool {
    private static final int MOST_ROWS = 1_000;
    private static final int ROWS = 100;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "query_table",
                    "Query a table",
                    "Reads rows of a table, and of tables related to it, without SQL.",
                    TableName.arguments()
                            .optional(
                                    "select",
                                    list(
                                            "Columns; default all. {column, as}; {fn, column, as}"
                                                    + " with fn count count_distinct sum avg min"
                                                    + " max, grouped by the plain columns."))
                            .optional("filters", Filters.schema())
                            .optional(
                                    "order",
                                    list("Columns or {column, dir: desc, nulls: first|last}."))
                            .optional(
                                    "embed",
                                    list(
                                            "Tables related by foreign key, as JSON in each row:"
                                                    + " {table, via (key, if several), as, select,"
                                                    + " filters, order, limit, inner, embed}."))
                            .optional("limit", Schemas.limit(MOST_ROWS, ROWS))
                            .optional(
                                    "cursor", Schemas.string("nextCursor of the same call before."))
                            .optional("max_age", Schemas.maxAge())
                            .closed(),
                    Schemas.rows(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DATABASE));

    private final Databases databases;
    private final Catalog catalog;
    private final SqlGuard guard;
    private final PageCursor cursors;

    QueryTable(Databases databases, Catalog catalog, SqlGuard guard, PageCursor cursors) {
        this.databases = databases;
        this.catalog = catalog;
        this.guard = guard;
        this.cursors = cursors;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        TableName table = TableName.of(call);
        TableQuery query = TableQuery.of(table, call.arguments(), call.number("limit", ROWS));
        PageCursor.Page page = page(call, database);
        long skip = cursors.offset(page, call.optionalText("cursor"));
        Future<ForeignKeys> keys = foreignKeys(database, query);
        Future<List<String>> ties = ties(database, query, table);
        return Future.all(keys, ties)
                .map(_ -> TableSql.of(query, table, keys.result(), ties.result(), skip))
                .compose(sql ->
                        rows(database, sql, RowsAnswer.paged(call, sql.statement(query.limit()))))
                .map(rows ->
                        RowsAnswer.of(
                                rows,
                                rows.more() && rows.count() > 0
                                        ? cursors.after(page, skip + rows.count())
                                        : null))
                .map(Outcome::done);
    }

    private Future<ForeignKeys> foreignKeys(Databases.Database database, TableQuery query) {
        List<String> tables =
                query.all()
                        .filter(one -> !one.embedded().isEmpty())
                        .map(TableQuery::table)
                        .distinct()
                        .toList();
        return tables.isEmpty()
                ? Future.succeededFuture(ForeignKeys.NONE)
                : catalog.foreignKeys(database, tables).map(ForeignKeys::new);
    }

    /// What tells rows apart that the order of the call leaves equal. Where nothing but its place
    /// does, a table is not sorted for a call that asks for no order: it may be a large one.
    private Future<List<String>> ties(
            Databases.Database database, TableQuery query, TableName table) {
        if (query.outputs().aggregates()) {
            return Future.succeededFuture(query.outputs().columns());
        }
        return catalog.rowKey(database, table.schema(), table.table())
                .map(found ->
                        found.map(it -> ties(it, !query.ordering().keys().isEmpty()))
                                .orElse(List.of()));
    }

    private static List<String> ties(JsonObject rowKey, boolean ordered) {
        List<String> key = rowKey.getJsonArray("columns").stream().map(String::valueOf).toList();
        return key.isEmpty() && ordered && rowKey.getBoolean("placed")
                ? List.of("tableoid", "ctid")
                : key;
    }

    private Future<EncodedRows> rows(
            Databases.Database database, PlacedSql sql, Statement statement) {
        return guard.read(sql.text())
                .compose(judged -> database.encoded(judged, statement))
                .recover(failure -> Future.failedFuture(sql.placed(failure)));
    }

    /// A page goes on where all but its size is as it was.
    private static PageCursor.Page page(ToolCall call, Databases.Database database) {
        JsonObject asked = call.arguments().copy();
        asked.remove("cursor");
        asked.remove("limit");
        return new PageCursor.Page(
                call.caller(),
                database.connection().id().toString(),
                database.name(),
                DEFINITION.name() + " " + asked.encode(),
                List.of());
    }

    private static JsonObject list(String description) {
        return Schemas.list(new JsonObject()).put("maxItems", 200).put("description", description);
    }
}
