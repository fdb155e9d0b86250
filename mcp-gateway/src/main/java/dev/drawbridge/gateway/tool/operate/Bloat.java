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

/// Space that rows do not need.
@Singleton
final class Bloat implements Tool {
    private static final String SQL = OperateSql.read("bloat");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "bloat",
                    "Bloat",
                    "Tables and indexes that hold more space than their rows need: an estimate from statistics, beyond"
                            + " the fillfactor. pgstattuple would measure.",
                    Schemas.onDatabase()
                            .optional("schema", Schemas.typed("string").put("maxLength", 63))
                            .optional(
                                    "min_percent",
                                    Schemas.integer("From this share on.", 0, 100, 30))
                            .optional(
                                    "min_mb",
                                    Schemas.integer("From this many MB on.", 0, 1_000_000, 100))
                            .optional("limit", Schemas.limit(100, 20))
                            .closed(),
                    Report.schema("tables", "indexes"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Bloat(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Report.ask(
                        databases.of(call),
                        SQL,
                        call.optionalText("schema"),
                        call.number("min_percent", 30),
                        call.number("min_mb", 100),
                        call.number("limit", 20))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        long found = report.number("tablesFound") + report.number("indexesFound");
        var told = new StringBuilder();
        told.append("Beyond the limits: tables ")
                .append(report.number("tablesFound"))
                .append(", indexes ")
                .append(report.number("indexesFound"))
                .append("; tables not judged: ")
                .append(report.number("notJudged"))
                .append('.');
        if (found > 0) {
            told.append("\nAbout ")
                    .append(Quantity.bytes(report.number("bloatBytes")))
                    .append(
                            " too much. First what keeps VACUUM back (vacuum_health), then REINDEX"
                                    + " INDEX CONCURRENTLY, pg_repack or VACUUM FULL (locks everybody"
                                    + " out).");
        }
        if (report.number("notJudged") > 0) {
            told.append(
                    "\nNot judged: without statistics, or whose statistics the login does not see"
                            + " (row-level security, no right to read).");
        }
        return told.toString();
    }
}
