package dev.drawbridge.gateway.tool;

import dev.drawbridge.identity.ProtectedObject;

import io.micrometer.core.instrument.Timer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A tool with what is made of its definition once.
///
/// @param times by outcome
record RegisteredTool(
        Tool tool,
        ToolDefinition definition,
        ArgumentCheck check,
        ProtectedObject object,
        Map<String, Timer> times) {

    static RegisteredTool of(Tool tool) {
        ToolDefinition definition = tool.definition();
        return new RegisteredTool(
                tool,
                definition,
                new ArgumentCheck(definition.inputSchema()),
                ProtectedObject.tool(definition.name()),
                new ConcurrentHashMap<>());
    }
}
