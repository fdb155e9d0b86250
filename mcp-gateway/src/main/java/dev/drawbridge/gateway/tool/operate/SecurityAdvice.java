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
import java.util.stream.Stream;

/// Where somebody may see or do more than was meant.
@Singleton
final class SecurityAdvice implements Tool {
    private static final List<Check> CHECKS =
            Stream.of("row-security", "policy", "function", "grant", "setting")
                    .map(name -> Check.asked(name, OperateSql.read("security/" + name)))
                    .toList();

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "security_advice",
                    "Security advice",
                    "Row-level security that is off, bypassed or always true, SECURITY DEFINER"
                            + " functions without a fixed search_path, grants to PUBLIC, weak"
                            + " settings: each with a grade and the statement that mends it.",
                    Schemas.onDatabase().optional("limit", Schemas.limit(100, 10)).closed(),
                    Findings.schema(),
                    ToolDefinition.Hints.READS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    SecurityAdvice(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Findings.of(databases.of(call), CHECKS, call.number("limit", 10))
                .map(findings -> findings.answer(null));
    }
}
