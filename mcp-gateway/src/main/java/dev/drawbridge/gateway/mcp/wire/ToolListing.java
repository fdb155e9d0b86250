package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import java.util.List;

/// What tools say of themselves, written once: clients ask for it again and again.
@Singleton
public final class ToolListing {
    private final Tools tools;
    private final List<Entry> all;

    ToolListing(Tools tools) {
        this.tools = tools;
        this.all = tools.definitions().stream().map(ToolListing::entry).toList();
    }

    /// A tool.
    ///
    /// @param json its entry of `tools/list`
    public record Entry(String name, String json) {}

    /// Those that a caller sees, by name.
    public List<Entry> seenBy(Caller caller) {
        return all.stream().filter(tool -> tools.isVisible(caller, tool.name())).toList();
    }

    private static Entry entry(ToolDefinition tool) {
        return new Entry(tool.name(), ToolJson.of(tool).encode());
    }
}
