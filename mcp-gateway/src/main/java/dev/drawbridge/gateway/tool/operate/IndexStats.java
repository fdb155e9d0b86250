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

/// Which indexes are too many, and where one may be missing.
@Singleton
final class IndexStats implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "index_stats",
                    "Index statistics",
                    "Indexes that are unused, covered by another (duplicate, redundant) or invalid;"
                            + " tables read in sequence; foreign keys without an index.",
                    Schemas.onDatabase()
                            .optional("schema", Schemas.typed("string").put("maxLength", 63))
                            .optional(
                                    "max_scans",
                                    Schemas.integer(
                                            "Unused: scanned so often at most.", 0, 10_000, 0))
                            .optional("limit", Schemas.limit(100, 10))
                            .closed(),
                    Report.schema("unused", "covered", "invalid", "scanned", "unindexed"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    IndexStats(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return IndexReport.of(
                        databases.of(call),
                        call.optionalText("schema"),
                        call.number("max_scans", 0),
                        call.number("limit", 10))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        return "Valid indexes: "
                + report.number("indexes")
                + ", of them unused: "
                + report.number("unusedFound")
                + ", covered by another: "
                + report.number("coveredFound")
                + "; invalid: "
                + report.number("invalidFound")
                + "; large tables read in sequence: "
                + report.number("scannedFound")
                + "; foreign keys without an index: "
                + report.number("unindexedFound")
                + "."
                + "\nCounted for "
                + Quantity.count(report.number("daysCounted"), "day", "days")
                + " on this "
                + (report.told().getBoolean("standby") ? "standby" : "server")
                + " alone: drop an unused index only after a month, and when no standby uses it.";
    }
}
