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

/// Who may what on the server.
@Singleton
final class Roles implements Tool {
    private static final String SQL = OperateSql.read("roles");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "roles",
                    "Roles",
                    "Roles of the server with risky rights (own or by membership), memberships, limits, expiry.",
                    Schemas.onDatabase()
                            .optional(
                                    "name",
                                    Schemas.string("Part of the name.").put("maxLength", 63))
                            .optional("risky", Schemas.bool("Only those with risky rights."))
                            .optional("limit", Schemas.limit(100, 50))
                            .closed(),
                    Report.schema("roles"),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    Roles(Databases databases) {
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
                        call.flag("risky"),
                        call.number("limit", 50))
                .map(report -> report.answer(summary(report)));
    }

    private static String summary(Report report) {
        int shown = report.list("roles").size();
        return Quantity.count(report.number("superusersWithLogin"), "superuser", "superusers")
                + " may sign in, "
                + report.number("bypassWithLogin")
                + " more bypass row-level security, "
                + report.number("expired")
                + " logins have expired. "
                + Quantity.count(report.number("found"), "role", "roles")
                + (shown < report.number("found") ? ", " + shown + " shown." : ".");
    }
}
