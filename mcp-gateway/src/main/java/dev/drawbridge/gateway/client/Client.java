package dev.drawbridge.gateway.client;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The client that waits for an answer. What is told to it on the way is lost where it did not ask
/// for such, so nothing may depend on it.
public interface Client {
    /// A client that can be asked nothing and hears nothing.
    Client MUTE = new Client() {};

    /// What the client says that it can be asked for.
    default Set<Ability> abilities() {
        return Set.of();
    }

    /// Whether somebody listens for progress.
    default boolean hearsProgress() {
        return false;
    }

    /// Tells how far it is.
    ///
    /// @param done more than the last time
    /// @param total what `done` will be in the end; null if nobody knows
    default void progress(double done, @Nullable Double total, @Nullable String message) {}

    /// Tells what happened, if the client wants to hear of anything that grave.
    ///
    /// @param text for a person; no secret and no row
    default void log(LogLevel level, String text) {}
}
