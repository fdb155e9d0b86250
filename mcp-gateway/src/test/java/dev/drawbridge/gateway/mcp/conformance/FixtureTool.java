package dev.drawbridge.gateway.mcp.conformance;

import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A tool that the official suite expects, made of what it does.
record FixtureTool(ToolDefinition definition, Function<ToolCall, Outcome<ToolAnswer>> does)
        implements Tool {

    /// @param asks whether it asks its client
    static Tool of(
            String name,
            String description,
            boolean asks,
            Function<ToolCall, Outcome<ToolAnswer>> does) {
        return of(name, description, new JsonObject(), asks, does);
    }

    /// @param properties of its arguments
    static Tool of(
            String name,
            String description,
            JsonObject properties,
            boolean asks,
            Function<ToolCall, Outcome<ToolAnswer>> does) {
        return of(
                name,
                description,
                asks,
                does,
                new JsonObject().put("type", "object").put("properties", properties));
    }

    /// @param schema of its arguments
    static Tool of(
            String name,
            String description,
            boolean asks,
            Function<ToolCall, Outcome<ToolAnswer>> does,
            JsonObject schema) {
        return new FixtureTool(
                new ToolDefinition(
                        name,
                        name,
                        description,
                        schema,
                        null,
                        ToolDefinition.Hints.READS,
                        asks,
                        Set.of(Features.DEFAULT)),
                does);
    }

    static Outcome<ToolAnswer> said(String text, Content... more) {
        return Outcome.done(new ToolAnswer(text, List.of(more), null, 0, false));
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        return Future.succeededFuture(does.apply(call));
    }
}
