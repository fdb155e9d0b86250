package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.LogLines;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/// What is said of failures that are not the statement's: to the caller, and in the log.
class OutageTest extends TargetPoolCase {
    private final Targets targets = targets(config());
    private final LogLines log = new LogLines();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void a_database_that_is_away_is_logged_once() {
        Target away = at("127.0.0.1", 1);
        TargetPool pool = targets.trial(away, "postgres");
        for (int i = 0; i < 3; i++) {
            assertThat(problem(read(pool, "select 1")))
                    .isInstanceOf(Problem.DatabaseUnavailable.class);
        }

        assertThat(log.about(away.connection().toString()))
                .singleElement()
                .asString()
                .contains("refused");
        pool.close();
    }

    @Test
    void a_host_that_does_not_resolve_is_no_argument_of_the_caller() {
        Target lost = at("nowhere.invalid", 5432);
        TargetPool pool = targets.trial(lost, "postgres");

        assertThat(problem(read(pool, "select 1")))
                .isEqualTo(
                        new Problem.DatabaseUnavailable(
                                "The database cannot be reached: its host does not resolve."));
        assertThat(log.about(lost.connection().toString())).hasSize(1);
        pool.close();
    }

    @Test
    void a_bug_is_told_as_one_and_logged_with_its_stack() {
        Object unwritable =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                };
        var statement = new Statement("select $1", List.of(unwritable), 0, 1);
        Problem problem = problem(pool.encoded(nobody, statement, new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Internal.class);
        assertThat(log.about(((Problem.Internal) problem).incident()))
                .singleElement()
                .asString()
                .contains("no text");
        assertThat(TargetPoolCase.read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_server_that_speaks_nonsense_is_an_incident() {
        try (var server = SilentServer.start(vertx, SilentServer.OPENS, "H\0\0\0\7\0\0\0")) {
            TargetPool pool = targets.trial(at("127.0.0.1", server.port()), "postgres");

            assertThat(problem(read(pool, "select 1"))).isInstanceOf(Problem.Internal.class);
            assertThat(log.about("Unexpected message H")).hasSize(1);
            pool.close();
        }
    }

    @Test
    void a_session_that_is_lost_is_logged_with_its_cause() {
        Target ending = at("127.0.0.1", postgres.port());
        TargetPool pool = targets.trial(ending, "postgres");
        Future<EncodedRows> running = read(pool, "select pg_sleep(2), 'the_end'");
        postgres.run(
                """
                do $$ begin
                  for tries in 1..500 loop
                    perform pg_terminate_backend(pid, 1000) from pg_stat_activity
                      where query like '%the_end%' and usename = 'agent';
                    exit when found;
                    perform pg_stat_clear_snapshot(), pg_sleep(0.01);
                  end loop;
                end $$
                """);

        assertThat(problem(running)).isInstanceOf(Problem.DatabaseUnavailable.class);
        assertThat(log.about(ending.connection().toString())).hasSize(1);
        pool.close();
    }

    private static Future<EncodedRows> read(TargetPool pool, String sql) {
        return pool.encoded(nobody, statement(sql, 0, 1), new CancelSignal());
    }

    private static Target at(String host, int port) {
        return new Target(
                UUID.randomUUID(),
                1,
                host,
                port,
                "agent",
                "agent",
                TlsMode.DISABLE,
                null,
                PoolMode.DIRECT,
                2,
                Rls.NONE,
                null);
    }
}
