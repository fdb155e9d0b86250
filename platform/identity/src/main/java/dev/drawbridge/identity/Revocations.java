package dev.drawbridge.identity;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes revocations on that hold here already: whoever is asked for anew is judged by them.
@Singleton
public final class Revocations {
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    /// Hears every one from now on, and one of everyone after a time in which none could be heard.
    ///
    /// @param listener that does not block and does not fail
    public void hear(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    /// Tells all who hear, once it holds.
    public void tell(Revocation revocation) {
        listeners.forEach(listener -> listener.accept(revocation));
    }
}
