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

/// Whether dead rows are cleared away.
@Singleton
final class VacuumHealth implements Tool {
    private static final String SQL = OperateSql.read("vacuum-health");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "vacuum_health",
                    "Vacuum health",
                    "Tables that are due for VACUUM or ANALYZE by autovacuum's thresholds, what keeps VACUUM from clearing"
                            + " dead rows away, what it does now.",
                    Schemas.onDatabase().optional("limit", Schemas.limit(100, 20)).closed(),
                    Report.schema("due", "heldBackBy"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    VacuumHealth(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        return Report.ask(database, SQL, database.isAdministered(), call.number("limit", 20))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        var told = new StringBuilder();
        told.append("Autovacuum: ")
                .append(works(report) ? "on" : "does not work")
                .append("; tables due: ")
                .append(report.number("dueFound"))
                .append(", with autovacuum switched off: ")
                .append(report.number("switchedOff"))
                .append('.');
        if (!works(report)) {
            told.append("\nSet autovacuum and track_counts on.");
        }
        if (report.number("dueFound") > 0) {
            told.append(
                    "\nVACUUM (ANALYZE) what is due, or lower autovacuum_vacuum_scale_factor of"
                            + " large tables.");
        }
        if (!report.list("heldBackBy").isEmpty()
                && report.list("heldBackBy").getFirst().getLong("transactions") > 10_000) {
            told.append("\nThe oldest holder keeps dead rows from being cleared: end it first.");
        }
        return told.toString();
    }

    /// Whether autovacuum does anything at all.
    static boolean works(Report report) {
        return report.text("autovacuum").equals("on") && report.text("trackCounts").equals("on");
    }
}
