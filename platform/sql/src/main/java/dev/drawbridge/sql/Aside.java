package dev.drawbridge.sql;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Waits for the datastore on a virtual thread, in place of an event loop, which must not.
@Singleton
public final class Aside {
    private final Vertx vertx;
    private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

    public Aside(Vertx vertx) {
        this.vertx = vertx;
    }

    /// What `work` gives or fails with, on the context that this is called on.
    public <T> Future<T> run(Supplier<T> work) {
        Context context = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        executor.execute(() -> {
            try {
                T result = work.get();
                context.runOnContext(_ -> done.complete(result));
            } catch (RuntimeException failure) {
                context.runOnContext(_ -> done.fail(failure));
            }
        });
        return done.future();
    }
}
