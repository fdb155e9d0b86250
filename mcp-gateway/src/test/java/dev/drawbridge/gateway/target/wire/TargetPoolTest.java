package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.NetworkPolicies;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

class TargetPoolTest {
    private static final Map<String, String> LIMITS =
            Map.of(
                    "gateway.target.statement-timeout", "1s",
                    "gateway.target.answer-bytes", "100000",
                    "gateway.target.pool-size", "2",
                    "gateway.target.queue-wait", "3s");

    private static TestPostgres postgres;
    private static Vertx vertx;
    private static TargetPool pool;
    private static RowContext nobody;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        postgres.run(
                """
                create role agent login password 'agent';
                create table note (id int primary key, owner text not null, body text);
                insert into note select i, case when i % 2 = 0 then 'even' else 'odd' end, 'n' || i
                  from generate_series(1, 1000) i;
                alter table note enable row level security;
                create policy own on note using (owner = current_setting('app.owner', true));
                grant select on note to agent;
                """);
        vertx = Vertx.vertx();
        TargetConfig config = config();
        pool = new Targets(vertx, NetworkPolicies.local(), config).trial(target(), "postgres");
        nobody = RowContextFixtures.nobody(config);
    }

    @AfterAll
    static void stop() {
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @Test
    void returns_rows_as_json_and_as_text() {
        var rows = read("select 1 as a, 'x' as b union all select 2, null order by 1");

        assertThat(rows.json()).isEqualTo("[[1,\"x\"],[2,null]]");
        assertThat(rows.tsv()).isEqualTo("a\tb\n1\tx\n2\t\\N\n");
        assertThat(rows.more()).isFalse();
    }

    @Test
    void stops_at_the_limit_and_says_that_there_is_more() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 1000)", 0, 10),
                                new CancelSignal()));

        assertThat(rows.count()).isEqualTo(10);
        assertThat(rows.more()).isTrue();
        assertThat(rows.cut()).isFalse();
    }

    @Test
    void says_that_there_is_no_more_when_the_rows_are_as_many_as_the_limit() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 10)", 0, 10),
                                new CancelSignal()));

        assertThat(rows.count()).isEqualTo(10);
        assertThat(rows.more()).isFalse();
    }

    @Test
    void a_later_page_goes_on_where_the_page_before_ended() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 25) -- all", 20, 10),
                                new CancelSignal()));

        assertThat(rows.json()).isEqualTo("[[21],[22],[23],[24],[25]]");
        assertThat(rows.more()).isFalse();
    }

    @Test
    void a_row_beyond_the_byte_budget_is_cut_and_the_next_call_is_healthy() {
        var rows = read("select repeat('x', 50000000)");

        assertThat(rows.cut()).isTrue();
        assertThat(rows.count()).isZero();
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void rows_before_the_byte_budget_ends_are_kept() {
        var rows = read("select repeat('x', 30000) from generate_series(1, 100)");

        assertThat(rows.cut()).isTrue();
        assertThat(rows.count()).isBetween(1, 4);
    }

    @Test
    void a_statement_that_runs_too_long_is_stopped_and_the_next_call_is_healthy() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement("select pg_sleep(60)", 0, 1),
                                new CancelSignal()));

        assertThat(problem).isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(1)));
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_call_that_nobody_waits_for_is_cancelled_on_the_server() throws Exception {
        var signal = new CancelSignal();
        Future<EncodedRows> running =
                pool.encoded(nobody, statement("select pg_sleep(0.9), 'forgotten'", 0, 1), signal);
        vertx.setTimer(100, _ -> signal.cancel("gone"));

        assertThat(problem(running)).isEqualTo(new Problem.QueryCancelled("gone"));
        assertThat(runningNow("forgotten")).isZero();
    }

    @Test
    void cancelling_one_call_never_hits_another() {
        List<Future<EncodedRows>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            var signal = new CancelSignal();
            calls.add(pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));
            Future<EncodedRows> cancelled =
                    pool.encoded(nobody, statement("select pg_sleep(0.003)", 0, 1), signal);
            vertx.setTimer(3, _ -> signal.cancel("gone"));
            problemOrNull(cancelled);
        }

        for (Future<EncodedRows> call : calls) {
            assertThat(await(call).json()).isEqualTo("[[1]]");
        }
    }

    @Test
    void a_write_is_refused_by_the_transaction_and_the_next_call_is_healthy() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement(
                                        "with d as (delete from note returning 1) select * from d",
                                        0,
                                        1),
                                new CancelSignal()));

        assertThat(problem.code()).isIn("QUERY_REJECTED", "DATABASE_ERROR");
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void two_statements_never_reach_the_database() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement("select 1; drop table note", 0, 1),
                                new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Database.class);
    }

    @Test
    void a_syntax_error_says_where() {
        var problem =
                problem(pool.encoded(nobody, statement("select nope", 0, 1), new CancelSignal()));

        assertThat(problem.position()).isEqualTo(8);
    }

    @Test
    void a_parameter_of_the_wrong_type_is_named() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                new Statement("select $1::int", List.of("x"), 0, 1),
                                new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Invalid.class);
        assertThat(problem.detail()).contains("$1");
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void too_few_parameters_are_refused() {
        var problem =
                problem(
                        pool.encoded(
                                nobody, statement("select $1::int", 0, 1), new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Invalid.class);
    }

    @Test
    void json_values_become_parameters_of_the_types_that_the_statement_has() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                new Statement(
                                        """
                                        select $1::date, $2::uuid, $3::numeric, $4::jsonb, $5::int[],
                                               $6::timestamptz, $7::bool, $8::bytea, $9::bigint
                                        """,
                                        Arrays.asList(
                                                "2026-01-02",
                                                "018f0000-0000-7000-8000-000000000000",
                                                "1.50",
                                                Map.of("a", 1),
                                                List.of(1, 2),
                                                "2026-01-02T03:04:05Z",
                                                true,
                                                "\\xff",
                                                null),
                                        0,
                                        1),
                                new CancelSignal()));

        assertThat(rows.json())
                .isEqualTo(
                        "[[\"2026-01-02\",\"018f0000-0000-7000-8000-000000000000\",1.50,"
                                + "{\"a\":1},[1,2],\"2026-01-02T03:04:05Z\",true,\"\\\\xff\",null]]");
    }

    @Test
    void two_identities_over_one_pool_see_their_own_rows_only() {
        List<Future<EncodedRows>> even = new ArrayList<>();
        List<Future<EncodedRows>> odd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            even.add(
                    pool.encoded(
                            owner("even"),
                            statement("select distinct owner from note", 0, 5),
                            new CancelSignal()));
            odd.add(
                    pool.encoded(
                            owner("odd"),
                            statement("select distinct owner from note", 0, 5),
                            new CancelSignal()));
        }

        assertThat(even)
                .allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"even\"]]"));
        assertThat(odd).allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"odd\"]]"));
        assertThat(read("select count(*) from note").json()).isEqualTo("[[0]]");
    }

    @Test
    void a_statement_whose_table_changed_under_a_prepared_plan_recovers() {
        postgres.run("create table shape (a int); grant select on shape to agent");
        read("select * from shape");
        postgres.run("alter table shape add b int");

        problemOrNull(
                pool.encoded(nobody, statement("select * from shape", 0, 1), new CancelSignal()));
        problemOrNull(
                pool.encoded(nobody, statement("select * from shape", 0, 1), new CancelSignal()));

        assertThat(read("select * from shape").columns()).hasSize(2);
    }

    @Test
    void sessions_that_the_server_ended_are_replaced() {
        read("select 1");
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agent'");

        problemOrNull(pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));
        problemOrNull(pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));

        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    private static EncodedRows read(String sql) {
        return await(pool.encoded(nobody, statement(sql, 0, 100), new CancelSignal()));
    }

    private static Statement statement(String sql, long skip, int limit) {
        return new Statement(sql, List.of(), skip, limit);
    }

    private static RowContext owner(String owner) {
        return new RowContext(nobody.sql() + ", set_config('app.owner', $1, true)", List.of(owner));
    }

    private static long runningNow(String text) throws Exception {
        try (var connection = postgres.connect();
                var statement =
                        connection.prepareStatement(
                                """
                                select count(*) from pg_stat_activity
                                 where usename = 'agent' and state = 'active' and query like ?
                                """)) {
            statement.setString(1, "%" + text + "%");
            var rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Target target() {
        return new Target(
                UUID.randomUUID(),
                1,
                "127.0.0.1",
                postgres.port(),
                "agent",
                "agent",
                TlsMode.DISABLE,
                null,
                PoolMode.DIRECT,
                20,
                Rls.NONE);
    }

    private static TargetConfig config() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(TargetConfig.class)
                .withDefaultValues(LIMITS)
                .build()
                .getConfigMapping(TargetConfig.class);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static Problem problem(Future<?> future) {
        Problem problem = problemOrNull(future);
        assertThat(problem).isNotNull();
        return problem;
    }

    private static Problem problemOrNull(Future<?> future) {
        try {
            await(future);
            return null;
        } catch (CompletionException failure) {
            return ((ProblemException) failure.getCause()).problem();
        }
    }
}
