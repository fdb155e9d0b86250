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

import java.util.List;
import java.util.Set;

/// Looks at everything once, and says what is wrong and what to do.
@Singleton
final class DatabaseHealth implements Tool {
    private static final String ALL = "all";
    private static final String LEFT_OUT =
            "Left out: what would tell of rows behind row-level security; it takes admin on the"
                    + " database.";

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "database_health",
                    "Database health",
                    "Looks at connections, locks, transactions, indexes, bloat, vacuum, wraparound,"
                            + " sequences, replication, buffers, constraints, settings: a grade, the"
                            + " evidence and what to do. Start here when something is wrong.",
                    Schemas.onDatabase()
                            .optional(
                                    "check",
                                    Schemas.oneOf("Only this one.", ALL, HealthChecks.names(ALL)))
                            .optional("limit", Schemas.limit(50, 5))
                            .closed(),
                    Findings.schema(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    DatabaseHealth(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        String wanted = call.text("check", ALL);
        List<Check> checks =
                HealthChecks.ALL.stream()
                        .filter(check -> wanted.equals(ALL) || check.name().equals(wanted))
                        .toList();
        return Findings.of(database, checks, call.number("limit", 5))
                .map(findings -> findings.answer(database.isAdministered() ? null : LEFT_OUT));
    }
}
