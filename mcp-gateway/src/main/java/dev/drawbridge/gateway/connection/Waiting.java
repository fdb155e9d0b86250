package dev.drawbridge.gateway.connection;

import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import java.util.concurrent.CompletionException;

/// Waits on a virtual thread for what happens on an event loop.
public final class Waiting {
    private Waiting() {}

    /// What came of it.
    ///
    /// @throws ProblemException that the future fails with
    public static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw failure;
        }
    }
}
