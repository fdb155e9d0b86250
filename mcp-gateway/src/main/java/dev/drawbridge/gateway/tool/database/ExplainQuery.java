package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Set;
import java.util.stream.Collectors;

/// Shows how PostgreSQL would run a query.
@Singleton
final class ExplainQuery implements Tool {
    private static final int MOST_LINES = 2_000;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "explain_query",
                    "Explain a query",
                    "Shows the plan that PostgreSQL would choose for one query, without running it."
                            + " With analyze the query is run and the plan shows real times and rows;"
                            + " not for tables with row-level security.",
                    Schemas.onDatabase()
                            .required("sql", Schemas.sql("One SELECT, WITH, VALUES or TABLE."))
                            .optional("params", Schemas.params())
                            .optional("analyze", Schemas.bool("Run the query and measure it."))
                            .closed(),
                    Schemas.of()
                            .required("plan", Schemas.typed("string"))
                            .required("analyzed", Schemas.typed("boolean"))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DEFAULT, Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;

    ExplainQuery(Databases databases, SqlGuard guard) {
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
        return guard.read(call.text("sql"))
                .compose(sql -> plan(call, database, sql.query()))
                .map(Outcome::done);
    }

    private Future<ToolAnswer> plan(ToolCall call, Databases.Database database, ReadOnlySql sql) {
        boolean analyze = call.flag("analyze");
        String explain = analyze ? "explain (analyze, buffers) " : "explain ";
        return database.values(
                        analyze ? sql.measuredQuery() : sql,
                        new Statement(
                                explain + sql.text(),
                                call.list("params"),
                                0,
                                MOST_LINES,
                                explain.length()))
                .map(lines -> {
                    String plan =
                            lines.stream()
                                    .map(line -> String.valueOf(line.getFirst()))
                                    .collect(Collectors.joining("\n"));
                    return new ToolAnswer(
                            UntrustedText.enclose(plan + "\n", ""),
                            new JsonObject().put("plan", plan).put("analyzed", analyze).encode(),
                            0);
                });
    }
}
