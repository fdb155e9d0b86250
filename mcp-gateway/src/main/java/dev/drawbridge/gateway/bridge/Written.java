package dev.drawbridge.gateway.bridge;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What the bridge writes, for those who make a client of its description. It is written as text,
/// so nothing of this is ever made.
final class Written {
    private Written() {}

    /// Tools.
    record ToolList(List<ListedTool> tools) {}

    /// One as MCP lists it.
    record ListedTool(
            String name,
            String title,
            String description,
            Map<String, Object> inputSchema,
            @Nullable Map<String, Object> outputSchema,
            Map<String, Object> annotations) {}

    /// What a call gives, as in MCP.
    record CallAnswer(
            boolean isError,
            List<Content> content,
            @Nullable Map<String, Object> structuredContent,
            @Nullable Map<String, Object> _meta) {}

    /// A part of it.
    record Content(String type, @Nullable String text) {}
}
