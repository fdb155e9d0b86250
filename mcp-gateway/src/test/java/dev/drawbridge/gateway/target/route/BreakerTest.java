package dev.drawbridge.gateway.target.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class BreakerTest {
    private static final Supplier<Future<String>> REFUSED =
            () -> Future.failedFuture(new IOException("refused"));

    private final List<String> heard = new ArrayList<>();
    private final Breaker breaker =
            new Breaker(
                    "one",
                    RouteFixtures.config(Map.of("gateway.route.watch-every", "40ms")),
                    IOException.class::isInstance,
                    () -> heard.add("changed"));

    @Test
    void opens_after_three_failures_in_a_row() {
        breaker.attempt(REFUSED);
        breaker.attempt(REFUSED);
        breaker.attempt(() -> Future.succeededFuture("well"));
        breaker.attempt(REFUSED);
        breaker.attempt(REFUSED);
        assertThat(breaker.isClosed()).isTrue();
        breaker.attempt(REFUSED);
        assertThat(breaker.isClosed()).isFalse();
        assertThat(heard).containsExactly("changed");
    }

    @Test
    void takes_an_answer_for_one_whatever_it_says() {
        for (int i = 0; i < 5; i++) {
            Future<String> told =
                    breaker.attempt(
                            () -> Future.failedFuture(new IllegalStateException("no such user")));
            assertThat(told.cause()).hasMessage("no such user");
        }
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void lets_one_attempt_at_a_time_through_until_one_succeeds() throws Exception {
        for (int i = 0; i < 3; i++) {
            breaker.attempt(REFUSED);
        }
        assertThat(breaker.attempt(REFUSED).cause())
                .isInstanceOf(CircuitBreakerOpenException.class);
        Thread.sleep(50);
        assertThat(breaker.attempt(REFUSED).cause()).isInstanceOf(IOException.class);
        assertThat(breaker.isClosed()).isFalse();
        Thread.sleep(50);
        Promise<String> slow = Promise.promise();
        Future<String> trial = breaker.attempt(slow::future);
        assertThat(breaker.attempt(() -> Future.succeededFuture("other")).cause())
                .isInstanceOf(CircuitBreakerOpenException.class);
        slow.complete("back");
        assertThat(trial.result()).isEqualTo("back");
        assertThat(breaker.isClosed()).isTrue();
        assertThat(heard).containsExactly("changed", "changed");
    }
}
