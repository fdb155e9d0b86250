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

/// What the server is set to.
@Singleton
final class Settings implements Tool {
    private static final String SQL = OperateSql.read("settings");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "settings",
                    "Settings",
                    "Settings by part of their name, those changed from the default, those that wait for a restart.",
                    Schemas.onDatabase()
                            .optional(
                                    "name",
                                    Schemas.string("Part of the name.").put("maxLength", 63))
                            .optional(
                                    "changed", Schemas.bool("Only those changed from the default."))
                            .optional(
                                    "pending_restart",
                                    Schemas.bool("Only those that wait for a restart."))
                            .optional("limit", Schemas.limit(100, 50))
                            .closed(),
                    Report.schema("settings"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Settings(Databases databases) {
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
                        call.optionalText("name"),
                        call.flag("changed"),
                        call.flag("pending_restart"),
                        call.number("limit", 50))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        int shown = report.list("settings").size();
        String more = shown < report.number("found") ? ", " + shown + " shown: narrow name" : "";
        String waiting =
                report.number("waitingForRestart") == 0
                        ? " None waits for a restart."
                        : " "
                                + report.number("waitingForRestart")
                                + " wait for a restart to take effect.";
        return Quantity.count(report.number("found"), "setting", "settings")
                + more
                + "; "
                + report.number("changed")
                + " of all are changed from the default."
                + waiting
                + " Source client: this gateway's own sessions only.";
    }
}
