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

import jakarta.inject.Singleton;

import java.util.Set;

/// How many transaction ids are left.
@Singleton
final class Wraparound implements Tool {
    private static final String SQL = OperateSql.read("wraparound");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "wraparound",
                    "Wraparound",
                    "How far databases and their oldest tables are from transaction id and multixact wraparound.",
                    Schemas.onDatabase().optional("limit", Schemas.limit(100, 10)).closed(),
                    Report.schema("databases", "oldestTables"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Wraparound(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Report.ask(databases.of(call), SQL, call.number("limit", 10))
                .map(report -> report.answer(summary(report)));
    }

    /// Percent of what there is, of the worst database.
    static double used(Report report) {
        return report.list("databases").stream()
                .mapToDouble(one ->
                        Math.max(one.getDouble("usedPercent"), one.getDouble("multixactPercent")))
                .max()
                .orElse(0);
    }

    /// Percent of the age at which autovacuum freezes by force, of the worst database.
    static double forced(Report report) {
        return report.list("databases").stream()
                .mapToDouble(one -> one.getDouble("ofForcedPercent"))
                .max()
                .orElse(0);
    }

    private static String summary(Report report) {
        String used = used(report) + " % of transaction ids or multixacts are used at most. ";
        if (used(report) >= 40) {
            return used
                    + "Urgent: VACUUM (FREEZE) the oldest tables; end what holds old transactions"
                    + " (vacuum_health).";
        }
        return forced(report) >= 110
                ? used
                        + "Autovacuum should have frozen by force: see vacuum_health for what holds it back."
                : used + "Nothing to do.";
    }
}
