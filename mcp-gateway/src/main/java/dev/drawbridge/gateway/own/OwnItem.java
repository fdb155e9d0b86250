package dev.drawbridge.gateway.own;

import org.jspecify.annotations.Nullable;

/// What a definition has become.
public interface OwnItem {
    /// Why it cannot be used now, as far as is known; null when it can.
    default @Nullable String broken() {
        return null;
    }

    /// Takes note of what a check has found.
    ///
    /// @param problem null when there is none
    default void note(@Nullable String problem) {}
}
