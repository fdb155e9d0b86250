package dev.drawbridge.gateway.pool;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The budgets of all connections.
@Singleton
public class Budgets {
    private final Map<UUID, Whole> known = new ConcurrentHashMap<>();

    /// The budget of a connection.
    ///
    /// @param most sessions that all gateways together may have open, from now on
    public Budget of(UUID connection, int most) {
        Whole budget = known.computeIfAbsent(connection, _ -> new Whole());
        budget.become(most);
        return budget;
    }

    /// Nobody uses the connection here any more.
    public void forget(UUID connection) {
        known.remove(connection);
    }

    /// All of it for this gateway.
    private static final class Whole implements Budget {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile int size;

        void become(int most) {
            if (size != most) {
                size = most;
                listeners.forEach(Runnable::run);
            }
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void wants(int sessions) {
            // There is nobody to share with.
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }
    }
}
