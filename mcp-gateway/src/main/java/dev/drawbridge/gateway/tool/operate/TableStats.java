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

/// How tables are used.
@Singleton
final class TableStats implements Tool {
    private static final String SQL = OperateSql.read("table-stats");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "table_stats",
                    "Table statistics",
                    "Size, rows, dead rows, scans, writes and last maintenance of tables, by the server's counters.",
                    Schemas.onDatabase()
                            .optional("schema", Schemas.typed("string").put("maxLength", 63))
                            .optional(
                                    "table",
                                    Schemas.string("Part of a table's name.").put("maxLength", 63))
                            .optional(
                                    "order_by",
                                    Schemas.oneOf(
                                            "What comes first.",
                                            "size",
                                            "size",
                                            "rows",
                                            "dead",
                                            "seq_scan",
                                            "writes",
                                            "changed"))
                            .optional("limit", Schemas.limit(100, 20))
                            .closed(),
                    Report.schema("tables"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    TableStats(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        return Report.ask(
                        database,
                        SQL,
                        database.isAdministered(),
                        call.optionalText("schema"),
                        call.optionalText("table"),
                        call.text("order_by", "size"),
                        call.number("limit", 20))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        int shown = report.list("tables").size();
        return Quantity.count(report.number("found"), "table", "tables")
                + (shown < report.number("found")
                        ? ", " + shown + " shown: narrow schema or table, or raise limit."
                        : ".");
    }
}
