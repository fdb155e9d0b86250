package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
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

/// What runs now.
@Singleton
final class ActiveQueries implements Tool {
    private static final String SQL = OperateSql.read("active-queries");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "active_queries",
                    "Active queries",
                    "What runs on the server now, longest first: who, for how long, what it waits for, who blocks it.",
                    Schemas.onDatabase()
                            .optional(
                                    "min_seconds",
                                    Schemas.integer("Running that long.", 0, 86_400, 0))
                            .optional(
                                    "all_databases",
                                    Schemas.bool("Of all databases of the server."))
                            .optional("literals", StatementTexts.literals())
                            .optional("limit", Schemas.limit(100, 20))
                            .closed(),
                    Report.schema("queries"),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    ActiveQueries(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        boolean texts = database.isAdministered();
        return Report.ask(
                        database,
                        SQL,
                        texts,
                        call.number("min_seconds", 0),
                        call.flag("all_databases"),
                        call.number("limit", 20))
                .map(report -> {
                    StatementTexts.prepare(report, "queries", call.flag("literals"));
                    return report.answer(summary(report) + Sessions.notes(report, texts));
                });
    }

    /// In a first line of one form, whatever the numbers, and a second of what to do.
    private static String summary(Report report) {
        List<JsonObject> queries = report.list("queries");
        long waiting = queries.stream().filter(it -> it.getValue("blockedBy") != null).count();
        Long longest = queries.isEmpty() ? null : queries.getFirst().getLong("runningSeconds");
        return "Statements that run: "
                + report.number("active")
                + "; idle sessions: "
                + report.number("idle")
                + ", idle in transaction: "
                + report.number("idleInTransaction")
                + "."
                + (longest == null
                        ? ""
                        : "\nThe longest runs for " + Quantity.seconds(longest) + ".")
                + (waiting == 0 ? "" : "\nLocks are waited for: locks_and_blockers says whose.");
    }
}
