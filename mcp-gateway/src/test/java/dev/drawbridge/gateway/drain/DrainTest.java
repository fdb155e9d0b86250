package dev.drawbridge.gateway.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class DrainTest {
    private final Promise<String> call = Promise.promise();
    private final CancelSignal signal = new CancelSignal();

    @Test
    void waits_for_calls_and_requests_and_is_not_ready_meanwhile() throws InterruptedException {
        var drain = new Drain(() -> Duration.ofSeconds(10));
        var health = new DrainHealth(drain);
        drain.follow(signal, call.future());
        drain.began();
        assertThat(health.call().getStatus().name()).isEqualTo("UP");

        Thread draining = begin(drain);

        Awaitility.await().until(drain::isDraining);
        assertThat(health.call().getStatus().name()).isEqualTo("DOWN");
        call.complete("done");
        assertThat(draining.join(Duration.ofMillis(100))).isFalse();
        drain.ended();
        assertThat(draining.join(Duration.ofSeconds(5))).isTrue();
        assertThat(signal.reason()).isNull();
    }

    @Test
    void cancels_what_takes_longer_than_its_patience() throws InterruptedException {
        var drain = new Drain(() -> Duration.ofMillis(50));
        signal.onCancel(() -> call.complete("cancelled"));
        drain.follow(signal, call.future());

        assertThat(begin(drain).join(Duration.ofSeconds(2))).isTrue();

        assertThat(signal.reason()).isEqualTo("The gateway stops. Send it again.");
    }

    @Test
    void does_not_wait_for_what_has_ended() throws InterruptedException {
        var drain = new Drain(() -> Duration.ofSeconds(10));
        drain.follow(signal, Future.succeededFuture());
        drain.follow(signal, call.future());
        call.fail("no");

        assertThat(begin(drain).join(Duration.ofSeconds(2))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id': 1, 'method': 'tools/call'}                   | true",
                "{'id': 'a', 'method': 'ping'}                       | true",
                "{'method': 'notifications/cancelled'}               | false",
                "{'id': 'ask-1', 'result': {}}                       | false",
                "[{'method': 'x'}, {'id': 1, 'method': 'ping'}]      | true",
                "[{'method': 'x'}, {'id': 1, 'error': {'code': 1}}]  | false",
                "{'id':                                              | true",
            },
            quoteCharacter = '"')
    void takes_answers_and_notifications_still(String message, boolean isRequest) {
        assertThat(Asked.of(Buffer.buffer(message.replace('\'', '"'))).isRequest())
                .isEqualTo(isRequest);
    }

    private static Thread begin(Drain drain) {
        return Thread.startVirtualThread(() -> {
            try {
                drain.drain(new ShutdownDelayInitiatedEvent());
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
