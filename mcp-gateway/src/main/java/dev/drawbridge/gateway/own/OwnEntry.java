package dev.drawbridge.gateway.own;

import org.jspecify.annotations.Nullable;

/// What somebody defined for a tenant, whether or not it can be used now.
///
/// @param source where it was defined: a file, or the API
/// @param definition null when it is none
/// @param stored as the API keeps it; null for a file's
/// @param item null when there is none, because of `problem`
public record OwnEntry<D extends OwnDefinition, T extends OwnItem>(
        String tenant,
        String source,
        @Nullable D definition,
        @Nullable OwnStored<D> stored,
        @Nullable T item,
        @Nullable String problem) {
    /// The source of those that were defined over REST.
    static final String API = "api";

    /// The name that it was given; empty for none.
    public String name() {
        return definition == null ? "" : definition.name();
    }

    /// Why it cannot be used now; null when it can, as far as is known.
    @Nullable String broken() {
        return item == null ? problem : item.broken();
    }

    /// The same, not to be used.
    OwnEntry<D, T> without(String reason) {
        return new OwnEntry<>(tenant, source, definition, stored, null, reason);
    }
}
