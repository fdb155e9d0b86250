package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.PageCursor;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Set;

/// Runs one statement that reads.
@Singleton
final class QueryDatabase implements Tool {
    private static final int MOST_ROWS = 1_000;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "query_database",
                    "Query a database",
                    "Runs one read-only SQL statement and returns its rows, as this caller may see"
                            + " them. Use get_schema first to learn the tables. When truncated, pass"
                            + " nextCursor as cursor with the same sql and params.",
                    Schemas.onDatabase()
                            .required(
                                    "sql",
                                    Schemas.sql(
                                            "One SELECT, WITH, VALUES, TABLE, EXPLAIN or SHOW."))
                            .optional("params", Schemas.params())
                            .optional("limit", Schemas.limit(MOST_ROWS, 100))
                            .optional("cursor", Schemas.string("nextCursor of the page before."))
                            .optional("max_age", Schemas.maxAge())
                            .closed(),
                    Schemas.rows(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;
    private final PageCursor cursors;

    QueryDatabase(Databases databases, SqlGuard guard, PageCursor cursors) {
        this.databases = databases;
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
        return guard.read(call.text("sql"))
                .compose(sql -> rows(call, database, sql))
                .map(Outcome::done);
    }

    private Future<ToolAnswer> rows(ToolCall call, Databases.Database database, ReadOnlySql sql) {
        Connection connection = database.connection();
        int limit = call.number("limit", 100);
        var page =
                new PageCursor.Page(
                        call.caller(),
                        connection.id().toString(),
                        database.name(),
                        sql.text(),
                        call.list("params"));
        long skip = cursors.offset(page, call.optionalText("cursor"));
        if (skip > 0 && !sql.pageable()) {
            throw new Problem.Invalid("cursor", "only goes on with a query").exception();
        }
        Statement asked = new Statement(sql.text(), call.list("params"), skip, limit);
        return database.encoded(sql, sql.pageable() ? RowsAnswer.paged(call, asked) : asked)
                .map(rows ->
                        RowsAnswer.of(
                                rows,
                                rows.more() && sql.pageable() && rows.count() > 0
                                        ? cursors.after(page, skip + rows.count())
                                        : null));
    }
}
