package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.own.OwnShelf;
import dev.drawbridge.gateway.own.OwnShelfParts;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolSource;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/// The own tools of all tenants.
@Singleton
public final class OwnTools extends OwnShelf<OwnToolDefinition, OwnTool> implements ToolSource {
    OwnTools(OwnToolKind kind, OwnShelfParts parts) {
        super(kind, parts);
    }

    @Override
    public Collection<OwnTool> tools(String tenant) {
        return items(tenant).values();
    }

    @Override
    public @Nullable Tool tool(String tenant, String name) {
        return items(tenant).get(name);
    }
}
