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

/// What is installed, and what could be.
@Singleton
final class Extensions implements Tool {
    private static final String SQL = OperateSql.read("extensions");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "extensions",
                    "Extensions",
                    "Extensions that are installed, which of them are outdated, and on request those that could be"
                            + " installed.",
                    Schemas.onDatabase()
                            .optional(
                                    "available", Schemas.bool("Those too that could be installed."))
                            .closed(),
                    Report.schema("installed"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Extensions(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Report.ask(databases.of(call), SQL, call.flag("available"))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        long outdated = report.number("outdated");
        return Quantity.count(report.list("installed").size(), "extension is", "extensions are")
                + " installed, "
                + (outdated == 0
                        ? "none outdated."
                        : outdated + " outdated: update them after reading their release notes.")
                + " "
                + report.number("availableFound")
                + " more could be.";
    }
}
