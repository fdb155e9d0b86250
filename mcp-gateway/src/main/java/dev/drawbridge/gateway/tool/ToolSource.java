package dev.drawbridge.gateway.tool;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/// Tools of tenants that come and go while the gateway runs. Whoever changes one tells
/// [dev.drawbridge.gateway.change.Changes] of it.
public interface ToolSource {
    /// The tools of a tenant by name: the same objects as before, unless they changed.
    Collection<? extends Tool> tools(String tenant);

    /// The one of that name; null if there is none. Never asked for the name of a built-in tool.
    @Nullable Tool tool(String tenant, String name);
}
