package dev.drawbridge.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.LogLevel;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class RunningCallsTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static Vertx vertx;

    /// Writes down what it is told.
    private record Hearing(boolean hearsProgress, List<String> told) implements Client {
        static Hearing of(boolean progress) {
            return new Hearing(progress, new CopyOnWriteArrayList<>());
        }

        @Override
        public void progress(double done, @Nullable Double total, @Nullable String message) {
            told.add(done + " " + message);
        }

        @Override
        public void log(LogLevel level, String text) {
            told.add(level + " " + text);
        }
    }

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void who_asked_for_progress_hears_how_long_a_call_runs_and_nothing_behind_its_end() {
        var calls = new RunningCalls(vertx);
        calls.start(new StartupEvent());
        Hearing asked = Hearing.of(true);
        Promise<String> call = Promise.promise();

        calls.follow("t", asked, call.future());
        Awaitility.await("two signs").atMost(WAIT).until(() -> asked.told().size() >= 2);
        call.complete("done");

        int heard = asked.told().size();
        assertThat(asked.told().getFirst()).matches("(\\d)\\.0 t has been running for \\1 s\\.");
        Hearing next = Hearing.of(true);
        calls.follow("next", next, Promise.promise().future());
        Awaitility.await("a sign of the next").atMost(WAIT).until(() -> !next.told().isEmpty());
        assertThat(asked.told()).hasSize(heard);
    }
}
