package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Says once that nobody waits for an answer any more: the client went away, or asked to stop.
public final class CancelSignal {
    private final List<Runnable> listeners = new ArrayList<>(1);
    private @Nullable String reason;

    /// Tells everyone who listens. Only the first call has an effect.
    public void cancel(String why) {
        List<Runnable> told;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    /// Runs the listener when the signal is given, or now if it was.
    public void onCancel(Runnable listener) {
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /// Why nobody waits any more; null while somebody does.
    public synchronized @Nullable String reason() {
        return reason;
    }
}
