package dev.drawbridge.gateway.target.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class ReadRetryTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final ReadRetry retry =
            new ReadRetry(RouteFixtures.config(Map.of("gateway.route.first-pause", "10ms")));
    private final AtomicInteger tried = new AtomicInteger(1);

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /// What the second and further tries end with, after a first that was lost.
    private String after(List<Future<String>> outcomes) {
        return retry.again(
                        VERTX.getOrCreateContext(),
                        new IOException("first"),
                        () -> outcomes.get(tried.getAndIncrement() - 1),
                        IOException.class::isInstance)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void answers_with_what_a_later_try_finds() {
        long began = System.nanoTime();
        assertThat(after(List.of(lost("second"), Future.succeededFuture("rows"))))
                .isEqualTo("rows");
        assertThat(tried).hasValue(3);
        assertThat(System.nanoTime() - began).isGreaterThan(10_000_000);
    }

    @Test
    void gives_up_after_three_tries() {
        assertThatThrownBy(() -> after(List.of(lost("second"), lost("third"), lost("fourth"))))
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("third");
        assertThat(tried).hasValue(3);
    }

    @Test
    void does_not_repeat_what_fails_otherwise() {
        Future<String> refused = Future.failedFuture(new IllegalStateException("no such table"));
        assertThatThrownBy(() -> after(List.of(refused, lost("third"))))
                .hasRootCauseMessage("no such table");
        assertThat(tried).hasValue(2);
    }

    private static Future<String> lost(String which) {
        return Future.failedFuture(new IOException(which));
    }
}
