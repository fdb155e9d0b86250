package dev.drawbridge.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many callers who do the same at the same time, for what must hold in a race. Each has a thread,
/// and none begins before all are there: a shared pool has one thread on a machine of two cores,
/// and there they would go one after another.
public final class AtOnce {
    private AtOnce() {}

    /// What one of the callers does, and what comes of it.
    public interface Step<T> {
        T take(int caller) throws Exception;
    }

    /// What came of the step for each caller, in their order. Fails as the first of them that
    /// failed.
    public static <T> List<T> of(int callers, Step<T> step) {
        var start = new CyclicBarrier(callers);
        List<Future<T>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int caller = i;
                running.add(
                        threads.submit(() -> {
                            start.await();
                            return step.take(caller);
                        }));
            }
        }
        return running.stream().map(AtOnce::result).toList();
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }
}
