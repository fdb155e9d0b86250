package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class SqlGuardTest {
    private static final String LONG = "select 1" + ", 1".repeat(20_000);

    private final Vertx vertx = Vertx.vertx();
    private final SqlGuard guard = new SqlGuard(vertx);

    @AfterEach
    void stop() {
        guard.stop();
        await(vertx.close());
    }

    @Test
    void remembers_what_it_judged() {
        ReadOnlySql first = await(guard.read("select 1"));

        assertThat(await(guard.read("select 1"))).isSameAs(first);
    }

    @Test
    void judges_a_long_text_beside_whoever_asks_and_remembers_it() {
        ReadOnlySql judged = await(guard.read(LONG));

        assertThat(judged.text()).isEqualTo(LONG);
        assertThat(guard.read(LONG).result()).isSameAs(judged);
    }

    @Test
    void refuses_what_does_more_than_read_short_or_long_again_and_again() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> await(guard.read("delete from t")))
                    .hasMessageContaining("QUERY_REJECTED");
            assertThatThrownBy(() -> await(guard.read(LONG + "; select 1")))
                    .hasMessageContaining("QUERY_REJECTED");
        }
    }

    @Test
    void refuses_a_text_that_is_too_long() {
        assertThatThrownBy(() -> await(guard.read("x".repeat(OneStatement.LONGEST + 1))))
                .hasMessageContaining("QUERY_REJECTED");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
