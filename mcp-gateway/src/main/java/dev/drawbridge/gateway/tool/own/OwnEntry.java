package dev.drawbridge.gateway.tool.own;

import org.jspecify.annotations.Nullable;

/// What somebody defined for a tenant, whether or not it is a tool now.
///
/// @param source where it was defined: a file, or the API
/// @param definition null when it is none
/// @param stored as the API keeps it; null for a file's
/// @param tool null when it is none, because of `problem`
record OwnEntry(
        String tenant,
        String source,
        @Nullable OwnToolDefinition definition,
        @Nullable StoredTool stored,
        @Nullable OwnTool tool,
        @Nullable String problem) {
    /// The source of those that were defined over REST.
    static final String API = "api";

    /// The name that it was given; empty for none.
    String name() {
        return definition == null ? "" : definition.name();
    }

    /// Why it cannot be called now; null when it can, as far as is known.
    @Nullable String broken() {
        return tool == null ? problem : tool.broken();
    }

    /// The same, not being a tool.
    OwnEntry without(String reason) {
        return new OwnEntry(tenant, source, definition, stored, null, reason);
    }
}
