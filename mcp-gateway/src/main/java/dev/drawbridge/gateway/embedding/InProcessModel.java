package dev.drawbridge.gateway.embedding;

import dev.drawbridge.problem.Problem;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The model in this process, on a thread of its own: about 4 ms for a question, 40 ms for a page,
/// and a second for the first text, which loads it. The runtime computes with all cores as it is.
final class InProcessModel implements EmbeddingModel {
    private static final int MOST_WAITING = 64;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofPlatform().name("embedding").daemon().factory());

    private final Vertx vertx;

    InProcessModel(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return MiniLm.NAME;
    }

    @Override
    public Future<List<List<Float>>> embed(List<String> texts) {
        Context context = vertx.getOrCreateContext();
        Promise<List<List<Float>>> embedded = Promise.promise();
        try {
            thread.execute(() -> {
                try {
                    var vectors = texts.stream().map(MiniLm::embed).toList();
                    context.runOnContext(_ -> embedded.complete(vectors));
                } catch (RuntimeException | Error failure) {
                    context.runOnContext(_ -> embedded.fail(failure));
                }
            });
        } catch (RejectedExecutionException full) {
            return Future.failedFuture(
                    new Problem.Overloaded(Duration.ofSeconds(1)).exception(full));
        }
        return embedded.future();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
