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

/// Where the space is.
@Singleton
final class Sizes implements Tool {
    private static final String SQL = OperateSql.read("sizes");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "sizes",
                    "Sizes",
                    "Space of databases, schemas, the biggest tables (heap, indexes, toast) and indexes.",
                    Schemas.onDatabase().optional("limit", Schemas.limit(100, 15)).closed(),
                    Report.schema("databases", "schemas", "tables", "indexes"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Sizes(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        return Report.ask(database, SQL, database.isAdministered(), call.number("limit", 15))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        String locked =
                report.number("locked") == 0
                        ? ""
                        : " "
                                + Quantity.count(
                                        report.number("locked"), "relation is", "relations are")
                                + " locked now and not measured.";
        return "The database takes "
                + Quantity.bytes(report.number("databaseBytes"))
                + ". Partitions are tables of their own here."
                + locked;
    }
}
