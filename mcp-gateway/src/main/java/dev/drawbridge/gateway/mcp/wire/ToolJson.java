package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.json.JsonObject;

import java.util.Map;
import java.util.Set;

/// What a tool says of itself as JSON.
final class ToolJson {
    private static final Set<String> FAR_AWAY = Set.of("minLength", "maxLength", "maxItems");

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
                        .put("inputSchema", brief(inputSchema));
        if (tool.outputSchema() != null) {
            json.put("outputSchema", tool.outputSchema());
        }
        ToolDefinition.Hints hints = tool.hints();
        return json.put(
                "annotations",
                new JsonObject()
                        .put("readOnlyHint", hints.readOnly())
                        .put("destructiveHint", hints.destructive())
                        .put("idempotentHint", hints.idempotent())
                        .put("openWorldHint", hints.openWorld()));
    }

    /// A schema without bounds that nobody comes near by mistake: every conversation pays for them,
    /// and who passes them is told so. What is left allows no less.
    private static JsonObject brief(JsonObject schema) {
        var brief = new JsonObject();
        for (Map.Entry<String, Object> keyword : schema) {
            switch (keyword.getValue()) {
                case JsonObject properties when keyword.getKey().equals("properties") ->
                        brief.put("properties", briefEach(properties));
                case JsonObject items when keyword.getKey().equals("items") -> {
                    if (!items.isEmpty()) {
                        brief.put("items", brief(items));
                    }
                }
                case Object value when !isFarAway(keyword.getKey(), value) ->
                        brief.put(keyword.getKey(), value);
                case null, default -> {}
            }
        }
        return brief;
    }

    private static JsonObject briefEach(JsonObject properties) {
        var brief = new JsonObject();
        properties.forEach(property ->
                brief.put(
                        property.getKey(),
                        property.getValue() instanceof JsonObject schema
                                ? brief(schema)
                                : property.getValue()));
        return brief;
    }

    private static boolean isFarAway(String keyword, Object value) {
        return FAR_AWAY.contains(keyword)
                || (keyword.equals("minimum") && (value.equals(0) || value.equals(1)));
    }
}
