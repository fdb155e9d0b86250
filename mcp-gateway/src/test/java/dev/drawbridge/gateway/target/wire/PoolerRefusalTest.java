package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What callers are told when a real pooler lets nobody through.
class PoolerRefusalTest extends TargetPoolCase {
    @Test
    void a_wrong_password_is_the_login_s_fault() {
        try (var bouncer = PgBouncer.with(postgres.port(), "transaction", "other", "")) {
            assertThat(problem(ask(bouncer, "select 1")))
                    .isEqualTo(
                            new Problem.DatabaseUnavailable(
                                    "The database refuses the stored login."));
        }
    }

    @Test
    void a_full_pooler_is_overload() {
        try (var bouncer =
                PgBouncer.with(postgres.port(), "transaction", "agent", "max_client_conn = 1")) {
            TargetPool first = pool(bouncer, "postgres");
            Awaitility.await() // Until whoever saw that it is there has hung up.
                    .until(() -> problemOrNull(one(first)) == null);

            assertThat(problem(ask(bouncer, "select 1"))).isInstanceOf(Problem.Overloaded.class);
            first.close();
        }
    }

    @Test
    void a_call_that_the_pooler_let_wait_too_long_is_overload() {
        try (var bouncer =
                PgBouncer.with(
                        postgres.port(),
                        "transaction",
                        "agent",
                        "default_pool_size = 1\nquery_wait_timeout = 1")) {
            Future<EncodedRows> running = ask(bouncer, "select pg_sleep(2.5), 'holds it'");
            Awaitility.await().until(() -> runningNow("holds it") == 1);

            assertThat(problem(ask(bouncer, "select 1"))).isInstanceOf(Problem.Overloaded.class);
            assertThat(await(running).count()).isEqualTo(1);
        }
    }

    @Test
    void a_database_that_is_not_there_is_not_found() {
        try (var bouncer = PgBouncer.with(postgres.port(), "transaction", "agent", "")) {
            assertThat(problem(ask(bouncer, "absent", "select 1")))
                    .isInstanceOf(Problem.NotFound.class);
        }
    }

    private static Future<EncodedRows> ask(PgBouncer bouncer, String sql) {
        return ask(bouncer, "postgres", sql);
    }

    private static Future<EncodedRows> ask(PgBouncer bouncer, String database, String sql) {
        TargetPool pooled = pool(bouncer, database);
        return pooled.encoded(anybody(), statement(sql, 0, 1), new CancelSignal())
                .onComplete(_ -> pooled.close());
    }

    private static Future<EncodedRows> one(TargetPool pooled) {
        return pooled.encoded(anybody(), statement("select 1", 0, 1), new CancelSignal());
    }

    private static TargetPool pool(PgBouncer bouncer, String database) {
        return targets(config()).trial(target(bouncer.port(), PoolMode.TRANSACTION), database);
    }

    private static RowContext anybody() {
        return RowContextFixtures.nobody(config(), PoolMode.TRANSACTION);
    }
}
