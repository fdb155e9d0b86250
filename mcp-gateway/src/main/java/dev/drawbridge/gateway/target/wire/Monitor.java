package dev.drawbridge.gateway.target.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A lock, and what is to be done as soon as it is free: whatever calls somebody else.
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> due = new ArrayList<>();

    /// Takes a step under the lock.
    void run(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            unlock();
        }
    }

    /// The same for one that gives something.
    <T> T get(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            unlock();
        }
    }

    /// Runs it as soon as the lock is free. Under the lock.
    void later(Runnable call) {
        due.add(call);
    }

    private void unlock() {
        List<Runnable> calls = due;
        if (calls.isEmpty()) {
            lock.unlock(); // And from here on the list is not ours to look at.
            return;
        }
        due = new ArrayList<>();
        lock.unlock();
        calls.forEach(Runnable::run);
    }
}
