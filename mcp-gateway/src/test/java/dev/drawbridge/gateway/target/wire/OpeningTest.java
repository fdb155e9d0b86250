package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Servers that accept a connection and do not go on, or ask for what they may not see.
class OpeningTest extends TargetPoolCase {
    private static final String PASSWORD = "a-secret-of-the-connection";

    private final Targets hasty =
            targets(config(Map.of("gateway.target.connect-timeout", "500ms")));

    @ParameterizedTest
    @CsvSource({"DISABLE, ''", "DISABLE, SCRAM", "REQUIRE, ''", "REQUIRE, N", "REQUIRE, S"})
    void a_session_that_does_not_open_gives_its_place_and_its_socket_back(TlsMode tls, String says)
            throws InterruptedException {
        String answer = says.equals("SCRAM") ? SilentServer.ASKS_FOR_SCRAM : says;
        try (var server = SilentServer.start(vertx, answer)) {
            TargetPool silent = hasty.trial(target(server.port(), tls), "postgres");
            for (int calls = 1; calls <= 3; calls++) {
                assertThat(problem(ask(silent))).isInstanceOf(Problem.DatabaseUnavailable.class);
                assertThat(server.accepted()).isEqualTo(calls);
            }

            until(server::isAlone);
            silent.close();
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

    @Test
    void a_server_that_asks_for_the_password_of_a_login_does_not_see_it() throws Exception {
        try (var server = SilentServer.start(vertx, SilentServer.ASKS_FOR_THE_PASSWORD)) {
            Target own = target(server.port(), TlsMode.DISABLE, UUID.randomUUID());

            assertThat(problem(ask(own))).isInstanceOf(Problem.Unauthenticated.class);
            until(server::isAlone);
            assertThat(server.heard()).contains("user\0agent").doesNotContain(PASSWORD);
        }
    }

    @Test
    void a_server_on_this_machine_sees_a_stored_password() throws Exception {
        try (var server = SilentServer.start(vertx, SilentServer.ASKS_FOR_THE_PASSWORD)) {
            problem(ask(target(server.port(), TlsMode.DISABLE)));

            until(() -> server.heard().contains(PASSWORD));
        }
    }

    @Test
    void the_password_itself_is_for_servers_that_are_known() {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        InetAddress elsewhere = InetAddress.ofLiteral("10.1.2.3");
        for (TlsMode tls : new TlsMode[] {TlsMode.DISABLE, TlsMode.REQUIRE}) {
            Target stored = target(1, tls);
            Target own = target(1, tls, UUID.randomUUID());
            assertThat(new ClearPassword(stored, false).mayGoTo(here)).isTrue();
            assertThat(new ClearPassword(stored, false).mayGoTo(elsewhere)).isFalse();
            assertThat(new ClearPassword(stored, true).mayGoTo(elsewhere)).isTrue();
            assertThat(new ClearPassword(own, true).mayGoTo(here)).isFalse();
        }
        for (TlsMode tls : new TlsMode[] {TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL}) {
            Target stored = target(1, tls);
            Target own = target(1, tls, UUID.randomUUID());
            assertThat(new ClearPassword(stored, false).mayGoTo(elsewhere)).isTrue();
            assertThat(new ClearPassword(own, false).mayGoTo(elsewhere)).isTrue();
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private Future<EncodedRows> ask(Target target) {
        return ask(hasty.trial(target, "postgres"));
    }

    private static Future<EncodedRows> ask(TargetPool pool) {
        return pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal());
    }

    private static Target target(int port, TlsMode tls) {
        return target(port, tls, null);
    }

    private static Target target(int port, TlsMode tls, @Nullable UUID login) {
        return new Target(
                        UUID.randomUUID(),
                        1,
                        "127.0.0.1",
                        port,
                        "agent",
                        PASSWORD,
                        tls,
                        null,
                        PoolMode.DIRECT,
                        2,
                        Rls.NONE,
                        login)
                .with(PoolFixtures.classes(1, Duration.ofSeconds(1)));
    }
}
