package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.json.JsonObject;

/// What a tool says of itself as JSON.
final class ToolJson {
    private ToolJson() {}

    /// An entry of `tools/list`.
    ///
    /// @param inputSchema of the arguments that are left to give
    static JsonObject of(ToolDefinition tool, JsonObject inputSchema) {
        var json =
                new JsonObject()
                        .put("name", tool.name())
                        .put("title", tool.title())
                        .put("description", tool.description())
                        .put("inputSchema", inputSchema);
        if (tool.outputSchema() != null) {
            json.put("outputSchema", tool.outputSchema());
        }
        ToolDefinition.Hints hints = tool.hints();
        return json.put(
                "annotations",
                new JsonObject()
                        .put("title", tool.title())
                        .put("readOnlyHint", hints.readOnly())
                        .put("destructiveHint", hints.destructive())
                        .put("idempotentHint", hints.idempotent())
                        .put("openWorldHint", hints.openWorld()));
    }
}
