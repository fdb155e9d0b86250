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

/// Who keeps a transaction open.
@Singleton
final class LongTransactions implements Tool {
    private static final String SQL = OperateSql.read("long-transactions");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "long_transactions",
                    "Long transactions",
                    "Transactions that are open for long, prepared ones too, of all databases: who, since when, idle or"
                            + " not, and how many newer transactions VACUUM has to keep rows for.",
                    Schemas.onDatabase()
                            .optional(
                                    "min_seconds",
                                    Schemas.integer("Open that long.", 0, 864_000, 60))
                            .optional("literals", StatementTexts.literals())
                            .optional("limit", Schemas.limit(100, 20))
                            .closed(),
                    Report.schema("transactions", "prepared"),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    LongTransactions(Databases databases) {
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
                        call.number("min_seconds", 60),
                        call.number("limit", 20))
                .map(report -> {
                    StatementTexts.prepare(report, "transactions", call.flag("literals"));
                    return report.answer(summary(report) + Sessions.notes(report, texts));
                });
    }

    private static String summary(Report report) {
        int prepared = report.list("prepared").size();
        var told = new StringBuilder("Transactions open that long: ");
        told.append(report.number("found"))
                .append("; prepared ones: ")
                .append(prepared)
                .append('.');
        if (report.number("found") > 0) {
            told.append("\nThe oldest is open for ")
                    .append(Quantity.seconds(report.number("oldestSeconds")))
                    .append('.');
        }
        if (report.number("idle") > 0) {
            told.append("\nIdle in transaction: ")
                    .append(report.number("idle"))
                    .append(
                            ": the application has to commit or roll back; a cancel does not end"
                                    + " them, idle_in_transaction_session_timeout does.");
        }
        if (prepared > 0) {
            told.append("\nPrepared ones end by COMMIT PREPARED or ROLLBACK PREPARED only.");
        }
        return told.toString();
    }
}
