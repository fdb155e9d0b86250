package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Servers that accept a connection and do not go on.
class OpeningTest extends TargetPoolCase {
    private final Targets hasty =
            targets(
                    config(
                            Map.of(
                                    "gateway.target.connect-timeout", "500ms",
                                    "gateway.target.queue-wait", "1s",
                                    "gateway.target.pool-size", "1")));

    @ParameterizedTest
    @CsvSource({"DISABLE, ''", "DISABLE, SCRAM", "REQUIRE, ''", "REQUIRE, N", "REQUIRE, S"})
    void a_session_that_does_not_open_gives_its_place_and_its_socket_back(
            TlsMode tls, String says) throws InterruptedException {
        String answer = says.equals("SCRAM") ? SilentServer.ASKS_FOR_SCRAM : says;
        try (var server = SilentServer.start(vertx, answer)) {
            TargetPool silent = hasty.trial(target(server.port(), tls), "postgres");
            for (int calls = 1; calls <= 3; calls++) {
                assertThat(
                                problem(
                                        silent.encoded(
                                                nobody,
                                                statement("select 1", 0, 1),
                                                new CancelSignal())))
                        .isInstanceOf(Problem.DatabaseUnavailable.class);
                assertThat(server.accepted()).isEqualTo(calls);
            }

            until(server::isAlone);
            await(silent.close());
        }
    }

    @Test
    void a_question_that_gets_no_answer_leaves_no_socket() throws InterruptedException {
        for (TlsMode tls : new TlsMode[] {TlsMode.DISABLE, TlsMode.REQUIRE}) {
            try (var server = SilentServer.start(vertx, "")) {
                assertThat(problem(hasty.demand(target(server.port(), tls), "postgres")))
                        .isInstanceOf(Problem.DatabaseUnavailable.class);

                assertThat(server.accepted()).isEqualTo(1);
                until(server::isAlone);
            }
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Target target(int port, TlsMode tls) {
        return new Target(
                UUID.randomUUID(),
                1,
                "127.0.0.1",
                port,
                "agent",
                "agent",
                tls,
                null,
                PoolMode.DIRECT,
                2,
                Rls.NONE,
                null);
    }
}
