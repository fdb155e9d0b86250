package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.CallTrace;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Behind a pooler, which drops what a session was started with and hands it to somebody else, the
/// same promises hold.
abstract class PoolerCase extends TargetPoolCase {
    /// What people let it drop when it refuses a client.
    private static final String DROPPED =
            "extra_float_digits,default_transaction_read_only,client_connection_check_interval,"
                    + "statement_timeout,lock_timeout,idle_in_transaction_session_timeout,"
                    + "work_mem,jit,intervalstyle,bytea_output,options";

    private final PoolMode mode;
    private PgBouncer bouncer;
    private TargetPool pooled;
    private RowContext anybody;

    PoolerCase(PoolMode mode) {
        this.mode = mode;
    }

    @BeforeEach
    void begin() {
        begin(DROPPED);
    }

    @AfterEach
    void end() {
        if (pooled != null) {
            pooled.close();
            bouncer.close();
        }
    }

    @Test
    void needs_no_start_up_parameter_that_a_pooler_does_not_know() {
        end();
        begin("");

        assertThat(rows("select 1")).isEqualTo("[[1]]");
    }

    @Test
    void bounds_hold_in_every_transaction() {
        for (int i = 0; i < 6; i++) {
            assertThat(
                            rows(
                                    """
                                    select current_setting('transaction_read_only'),
                                           current_setting('statement_timeout'),
                                           current_setting('lock_timeout'),
                                           current_setting('idle_in_transaction_session_timeout'),
                                           current_setting('client_connection_check_interval'),
                                           current_setting('work_mem'), current_setting('jit'),
                                           current_setting('standard_conforming_strings'),
                                           current_setting('datestyle') like 'ISO%',
                                           current_setting('intervalstyle'),
                                           current_setting('bytea_output'),
                                           current_setting('extra_float_digits')
                                    """))
                    .isEqualTo(
                            "[[\"on\",\"3s\",\"2s\",\"13s\",\"2s\",\"16MB\",\"off\",\"on\",true,"
                                    + "\"iso_8601\",\"hex\",\"1\"]]");
        }
    }

    @Test
    void a_statement_that_runs_too_long_is_stopped_and_the_next_call_is_healthy() {
        assertThat(problem(call(anybody, "select pg_sleep(60)", new CancelSignal())))
                .isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(3)));
        assertThat(rows("select 1")).isEqualTo("[[1]]");
    }

    @Test
    void a_write_is_refused_and_the_next_call_is_healthy() {
        for (int i = 0; i < 4; i++) {
            assertThat(
                            problem(call(anybody, "select nextval('ticket')", new CancelSignal()))
                                    .code())
                    .isEqualTo("QUERY_REJECTED");
            assertThat(rows("select 1")).isEqualTo("[[1]]");
        }
    }

    @Test
    void a_write_is_committed_and_leaves_nothing_for_whoever_gets_the_session() {
        postgres.run(
                """
                create or replace function remember() returns trigger language plpgsql as $$
                begin
                    perform set_config('app.owner', 'even', false);
                    perform set_config('statement_timeout', '0', false);
                    perform pg_advisory_lock(4713);
                    return new;
                end $$;
                create or replace trigger remember before update on tally
                    for each row execute function remember();
                """);
        for (int i = 0; i < 4; i++) {
            Written written =
                    await(
                            pooled.write(
                                    anybody,
                                    change("update tally set n = n + 1 where id = 1 returning n"),
                                    _ -> true,
                                    new CancelSignal()));
            assertThat(written.committed()).isTrue();
            assertThat(written.rows().json()).isEqualTo("[[" + (i + 1) + "]]");
            for (int j = 0; j < 6; j++) {
                assertThat(
                                rows(
                                        "select current_setting('app.owner', true),"
                                                + " current_setting('statement_timeout'), (select"
                                                + " count(*) from pg_locks where objid = 4713)"))
                        .isIn("[[\"\",\"3s\",0]]", "[[null,\"3s\",0]]");
            }
        }
        postgres.run("drop trigger remember on tally");
    }

    @Test
    void a_statement_never_runs_when_who_asks_could_not_be_set() {
        var broken =
                new RowContext(
                        anybody.sql() + ", set_config('work_mem', 'x', true)",
                        anybody.values(),
                        "{}",
                        Asker.GATEWAY);

        for (int i = 0; i < 4; i++) {
            problem(call(broken, "select pg_advisory_lock(4712)", new CancelSignal()));
        }

        assertThat(rows("select count(*) from pg_locks where objid = 4712")).isEqualTo("[[0]]");
    }

    @Test
    void a_call_s_trace_is_in_the_name_of_its_session_and_where_nothing_is_kept_in_its_text() {
        for (int i = 0; i < 3; i++) {
            var trace = new CallTrace(String.valueOf(i).repeat(32));
            String sql = "select current_setting('application_name'), current_query() -- who";
            EncodedRows told = await(call(anybody.of(trace), sql, new CancelSignal()));

            assertThat(told.json()).contains("[\"drawbridge " + String.valueOf(i).repeat(32));
            assertThat(told.json().contains("-- who\\n/*trace_id='" + i))
                    .isEqualTo(!mode.keepsStatements());
            assertThat(trace.served()).isTrue();
            assertThat(trace.workedNanos()).isPositive();
        }
        assertThat(rows("select current_setting('application_name')"))
                .isEqualTo("[[\"drawbridge\"]]");
    }

    @Test
    void a_later_page_goes_on_where_the_page_before_ended() {
        for (int i = 0; i < 4; i++) {
            var page =
                    await(
                            pooled.encoded(
                                    anybody,
                                    statement("select generate_series(1, 25) -- all", 20, 10),
                                    new CancelSignal()));
            assertThat(page.json()).isEqualTo("[[21],[22],[23],[24],[25]]");
        }
    }

    @Test
    void what_is_staged_for_a_statement_is_left_in_no_session() {
        for (String sql : List.of("select 1 / 0", "explain (format json) execute staged")) {
            for (int i = 0; i < 4; i++) {
                problemOrNull(
                        pooled.values(
                                anybody,
                                StagingTest.PREPARED,
                                statement(sql, 0, 10),
                                new CancelSignal()));
                for (int j = 0; j < 4; j++) {
                    assertThat(rows(StagingTest.LEFT)).isEqualTo("[[0]]");
                }
            }
        }
    }

    @Test
    void identities_that_share_the_server_s_sessions_see_their_own_rows_only() {
        List<Future<EncodedRows>> even = new ArrayList<>();
        List<Future<EncodedRows>> odd = new ArrayList<>();
        String owners = "select distinct owner from note";
        for (int i = 0; i < 100; i++) {
            even.add(call(owner(anybody, "even"), owners, new CancelSignal()));
            odd.add(call(owner(anybody, "odd"), owners, new CancelSignal()));
        }

        assertThat(even)
                .allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"even\"]]"));
        assertThat(odd).allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"odd\"]]"));
        assertThat(rows("select count(*) from note")).isEqualTo("[[0]]");
    }

    @Test
    void texts_that_repeat_find_their_statement_whoever_gets_the_session() {
        List<Future<EncodedRows>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(call(anybody, "select " + i % 5, new CancelSignal()));
        }

        for (int i = 0; i < calls.size(); i++) {
            assertThat(await(calls.get(i)).json()).isEqualTo("[[" + i % 5 + "]]");
        }
        assertThat(rows("select count(*) > 0 from pg_prepared_statements where name <> ''"))
                .isEqualTo("[[" + (mode == PoolMode.SESSION) + "]]");
    }

    @Test
    void a_call_that_nobody_waits_for_is_cancelled_on_the_server() throws Exception {
        var signal = new CancelSignal();
        Future<EncodedRows> running =
                call(anybody, "select pg_sleep(2.5), 'forgotten behind a pooler'", signal);
        vertx.setTimer(300, _ -> signal.cancel("gone"));

        assertThat(problem(running)).isEqualTo(new Problem.QueryCancelled("gone"));
        assertThat(runningNow("forgotten behind a pooler")).isZero();
        assertThat(rows("select 1")).isEqualTo("[[1]]");
    }

    @Test
    void one_callers_trouble_is_nothing_to_another() throws Exception {
        pooled.close();
        open(config(Neighbours.PATIENT));

        new Neighbours(pooled, anybody).live();
    }

    @Test
    void sessions_that_the_server_ended_are_replaced() {
        Future<EncodedRows> running =
                call(anybody, "select pg_sleep(2.5), 'ended behind a pooler'", new CancelSignal());
        vertx.setTimer(
                300,
                _ ->
                        postgres.run(
                                "select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where usename = 'agent'"));

        assertThat(problem(running).code()).isEqualTo("DATABASE_UNAVAILABLE");
        problemOrNull(call(anybody, "select 1", new CancelSignal()));
        problemOrNull(call(anybody, "select 1", new CancelSignal()));
        assertThat(rows("select 1")).isEqualTo("[[1]]");
    }

    private void begin(String dropped) {
        bouncer =
                PgBouncer.start(
                        postgres.port(),
                        mode == PoolMode.SESSION ? "session" : "transaction",
                        "agent",
                        dropped);
        open(config());
    }

    private void open(TargetConfig config) {
        pooled =
                TargetFixtures.targets(vertx, config)
                        .trial(target(bouncer.port(), mode), "postgres");
        anybody = RowContextFixtures.nobody(config, mode);
    }

    private String rows(String sql) {
        return await(call(anybody, sql, new CancelSignal())).json();
    }

    private Future<EncodedRows> call(RowContext who, String sql, CancelSignal signal) {
        return pooled.encoded(who, statement(sql, 0, 100), signal);
    }
}
