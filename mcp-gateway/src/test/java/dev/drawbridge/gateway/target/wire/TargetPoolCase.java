package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A pool on a real PostgreSQL, with small bounds.
abstract class TargetPoolCase {
    private static final Map<String, String> LIMITS =
            Map.of(
                    "gateway.target.statement-timeout", "3s",
                    "gateway.target.answer-bytes", "100000");

    static TestPostgres postgres;
    static Vertx vertx;
    static TargetPool pool;
    static RowContext nobody;

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
                create sequence ticket;
                grant usage on sequence ticket to agent;
                create table tally (id int primary key, n int not null);
                insert into tally select i, 0 from generate_series(1, 1000) i;
                grant select, insert, update, delete on tally to agent;
                """);
        vertx = Vertx.vertx();
        TargetConfig config = config();
        pool = targets(config).trial(target(), "postgres");
        nobody = RowContextFixtures.nobody(config);
    }

    @AfterAll
    static void stop() {
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    static EncodedRows read(String sql) {
        return await(pool.encoded(nobody, statement(sql, 0, 100), new CancelSignal()));
    }

    static WriteStatement change(String sql) {
        return change(sql, false);
    }

    static WriteStatement change(String sql, boolean dryRun) {
        boolean isQuery = sql.startsWith("with") && sql.contains("select");
        return new WriteStatement(
                sql, List.of(), 3, isQuery || sql.contains("returning"), isQuery, dryRun);
    }

    static Statement statement(String sql, long skip, int limit) {
        return new Statement(sql, List.of(), skip, limit);
    }

    static RowContext owner(String owner) {
        return owner(nobody, owner);
    }

    static RowContext owner(RowContext anybody, String owner) {
        List<String> values = new ArrayList<>(anybody.values());
        values.add(owner);
        return new RowContext(
                anybody.sql() + ", set_config('app.owner', $" + values.size() + ", true)",
                values,
                "{}",
                anybody.asker());
    }

    static long runningNow(String text) throws Exception {
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

    static Target target() {
        return target(postgres.port(), PoolMode.DIRECT);
    }

    static Target target(int port, PoolMode mode) {
        return new Target(
                        UUID.randomUUID(),
                        1,
                        "127.0.0.1",
                        port,
                        "agent",
                        "agent",
                        TlsMode.DISABLE,
                        null,
                        mode,
                        20,
                        Rls.NONE,
                        null)
                .with(PoolFixtures.classes(2, Duration.ofSeconds(3)));
    }

    /// One with a single session.
    static Target single() {
        return target().with(PoolFixtures.classes(1, Duration.ofSeconds(3)));
    }

    static Targets targets(TargetConfig config) {
        return TargetFixtures.targets(vertx, config);
    }

    static TargetConfig config() {
        return config(Map.of());
    }

    static TargetConfig config(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(LIMITS);
        all.putAll(more);
        return TargetFixtures.config(all);
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static Problem problem(Future<?> future) {
        Problem problem = problemOrNull(future);
        assertThat(problem).isNotNull();
        return problem;
    }

    static Problem problemOrNull(Future<?> future) {
        try {
            await(future);
            return null;
        } catch (CompletionException failure) {
            return ((ProblemException) failure.getCause()).problem();
        }
    }
}
