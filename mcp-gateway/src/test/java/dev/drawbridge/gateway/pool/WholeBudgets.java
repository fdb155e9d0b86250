package dev.drawbridge.gateway.pool;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Budgets of a gateway that shares them with nobody, where a test has no datastore.
public final class WholeBudgets implements Budgets {
    private final Map<UUID, Whole> known = new ConcurrentHashMap<>();

    @Override
    public Budget of(UUID connection, int most) {
        Whole budget = known.computeIfAbsent(connection, _ -> new Whole());
        budget.become(most);
        return budget;
    }

    @Override
    public void forget(UUID connection) {
        known.remove(connection);
    }

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
        public int most() {
            return size;
        }

        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void give() {
            // Who asks for it counts, too.
        }

        @Override
        public void wants(int used, int open) {
            // There is nobody to share with.
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }
    }
}
