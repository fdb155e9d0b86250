package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// Counts rows of a table by structured filters. What may be named is for the guard to say, as of
/// any statement.
@Singleton
final class CountRows implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "count_rows",
                    "Count rows",
                    "Counts the rows of a table that you may see and that match all filters.",
                    TableName.arguments().optional("filters", Filters.sameSchema()).closed(),
                    Schemas.of().required("count", Schemas.typed("integer")).open(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;

    CountRows(Databases databases, SqlGuard guard) {
        this.databases = databases;
        this.guard = guard;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        PlacedSql sql = sql(call);
        return guard.read(sql.text())
                .compose(judged -> database.values(judged, sql.statement(1)))
                .recover(failure -> Future.failedFuture(sql.placed(failure)))
                .map(rows -> answer(rows.getFirst().getFirst()))
                .map(Outcome::done);
    }

    private static PlacedSql sql(ToolCall call) {
        PlacedSql sql = new PlacedSql().add("select count(*) from ");
        TableName.of(call).append(sql, "t");
        JsonArray filters = call.arguments().getJsonArray("filters", new JsonArray());
        Filters.append(sql, " where ", "t", filters, "filters");
        return sql;
    }

    private static ToolAnswer answer(@Nullable Object count) {
        return new ToolAnswer(
                String.valueOf(count), new JsonObject().put("count", count).encode(), 1);
    }
}
