package dev.drawbridge.gateway.mcp.wire;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import dev.drawbridge.gateway.tool.Selection;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;

/// What tools say of themselves, written once for each definition: clients ask for it again and
/// again.
@Singleton
public final class ToolListing {
    private final Tools tools;
    private final LoadingCache<ToolDefinition, Entry> whole = entries(Selection.EVERYTHING);
    private final LoadingCache<ToolDefinition, Entry> onConnection =
            entries(new Selection(Set.of(), false, ""));

    ToolListing(Tools tools) {
        this.tools = tools;
    }

    /// A tool.
    ///
    /// @param json its entry of `tools/list`
    public record Entry(String name, String json) {}

    /// Those that a caller is shown, by name.
    public List<Entry> seenBy(Caller caller, Selection selection) {
        var entries = selection.connection() == null ? whole : onConnection;
        return tools.listed(caller, selection).stream().map(entries::get).toList();
    }

    private static LoadingCache<ToolDefinition, Entry> entries(Selection selection) {
        return Caffeine.newBuilder()
                .weakKeys()
                .build(tool ->
                        new Entry(tool.name(), ToolJson.of(tool, selection.schema(tool)).encode()));
    }
}
