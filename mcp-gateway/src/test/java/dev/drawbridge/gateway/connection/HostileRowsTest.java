package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Two callers, interleaved over the same sessions, each asking for the other's rows with
/// everything that SQL can change. In modes `signed` and `role` nothing guards them but the
/// database; in `claims` the guard does. `-Ddrawbridge.hostile.calls` says how many calls.
class HostileRowsTest {
    private static final int CALLS = Integer.getInteger("drawbridge.hostile.calls", 1_000);
    private static final int AT_ONCE = 100;
    private static final int EACH = 500;

    private static final List<String> HONEST =
            List.of(
                    "select count(*), min(secret), max(secret) from account",
                    "select distinct secret from account",
                    "select secret, count(*) from account group by 1");

    /// `%s` is for what is rewritten, as arguments of set_config.
    private static final List<String> HOSTILE =
            List.of(
                    "with x as materialized (select %s) select distinct secret from x, account",
                    "select distinct secret from (select %s offset 0) x, lateral (select secret from"
                            + " account where x is not null) y",
                    "select %s union all select string_agg(distinct secret, ',') from account",
                    "select secret from account where (select %s) is not null",
                    "select (select %s), (select string_agg(distinct secret, ',') from account)",
                    "select distinct secret from account order by (select %s)",
                    "select count(%s), string_agg(distinct secret, ',') from account",
                    "select case when %s is null then secret end, secret from account",
                    "select %s, 1 / 0 from account");

    private static final Map<String, VerifyingServer> SERVERS = new ConcurrentHashMap<>();

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        SERVERS.values().forEach(VerifyingServer::close);
    }

    private static VerifyingServer server(String version) {
        var server = new VerifyingServer(version, List.of(HostileRows.KEY));
        server.postgres()
                .run(
                        """
                        create role shop_a login password 'a';
                        create role shop_b login password 'b';
                        grant select on account to shop_a, shop_b;
                        """);
        return server;
    }

    @ParameterizedTest
    @CsvSource({
        "CLAIMS,direct,newest",
        "CLAIMS,session,newest",
        "CLAIMS,transaction,newest",
        "CLAIMS,direct,oldest",
        "SIGNED,direct,newest",
        "SIGNED,session,newest",
        "SIGNED,transaction,newest",
        "SIGNED,direct,oldest",
        "ROLE,direct,newest",
        "ROLE,session,newest",
        "ROLE,transaction,newest",
        "ROLE,direct,oldest"
    })
    void nobody_sees_a_row_of_the_other(Rls.Mode mode, String road, String version) {
        var postgres = SERVERS.computeIfAbsent(version, HostileRowsTest::server).postgres();
        postgres.run(policy(mode));
        try (var rows = new HostileRows(vertx, postgres.port(), mode, road)) {
            Tally tally = send(rows, mode == Rls.Mode.CLAIMS, CALLS);
            System.out.printf(
                    "hostile rows: %s %s, PostgreSQL %s: %d calls, %d honest, %d refused by the"
                            + " guard, %d failed, %d foreign rows%n",
                    mode,
                    road,
                    version,
                    CALLS,
                    tally.honest,
                    tally.refused,
                    tally.failed,
                    tally.foreign);

            assertThat(tally.foreign).isZero();
            assertThat(tally.wrong).isEmpty();
            assertThat(tally.honest).isGreaterThanOrEqualTo(CALLS / 3);
            assertThat(tally.refused).isEqualTo(mode == Rls.Mode.CLAIMS ? CALLS - tally.honest : 0);
            assertThat(mode == Rls.Mode.CLAIMS || tally.own > 0).isTrue();
        }
    }

    @Test
    void without_the_guard_claims_are_what_a_statement_makes_them() {
        var postgres = SERVERS.computeIfAbsent("newest", HostileRowsTest::server).postgres();
        postgres.run(policy(Rls.Mode.CLAIMS));
        try (var rows = new HostileRows(vertx, postgres.port(), Rls.Mode.CLAIMS, "direct")) {
            assertThat(send(rows, false, AT_ONCE * 5).foreign).isPositive();
        }
    }

    private static Tally send(HostileRows rows, boolean guarded, int calls) {
        var tally = new Tally();
        for (int sent = 0; sent < calls; sent += AT_ONCE) {
            List<Future<String>> underWay = new ArrayList<>();
            for (int i = sent; i < Math.min(calls, sent + AT_ONCE); i++) {
                underWay.add(call(rows, guarded, i, tally));
            }
            underWay.forEach(HostileRowsTest::await);
        }
        return tally;
    }

    /// What came of all calls. Written on one event loop at a time.
    private static final class Tally {
        private int honest;
        private int refused;
        private int failed;
        private int foreign;
        private int own;
        private final List<String> wrong = new ArrayList<>();

        private synchronized String judge(
                String name, String sql, boolean isHonest, String answer) {
            String other = name.equals("a") ? "canary-b" : "canary-a";
            foreign += answer.contains(other) ? 1 : 0;
            failed += answer.startsWith("failed") ? 1 : 0;
            own += !isHonest && answer.contains("canary-" + name) ? 1 : 0;
            if (isHonest) {
                honest++;
                boolean whole =
                        answer.contains("canary-" + name)
                                && (!sql.contains("count(*)")
                                        || answer.contains(String.valueOf(EACH)));
                if (!whole) {
                    wrong.add(name + ": " + sql + ": " + answer);
                }
            }
            return answer;
        }

        private synchronized void refuse() {
            refused++;
        }
    }

    private static Future<String> call(HostileRows rows, boolean guarded, int i, Tally tally) {
        String name = i % 2 == 0 ? "a" : "b";
        boolean isHonest = i / 2 % 5 < 2;
        String sql = isHonest ? HONEST.get(i / 2 % HONEST.size()) : hostile(rows, name, i);
        if (guarded && isRefused(sql)) {
            tally.refuse();
            return Future.succeededFuture("");
        }
        return rows.ask(name, sql).map(answer -> tally.judge(name, sql, isHonest, answer));
    }

    private static boolean isRefused(String sql) {
        try {
            ReadOnlySql.parse(sql);
            return false;
        } catch (ProblemException refused) {
            return true;
        }
    }

    private static String hostile(HostileRows rows, String name, int i) {
        List<String> rewrites = rewrites(rows, name);
        String rewrite = rewrites.get(i / 10 % rewrites.size());
        return HOSTILE.get(i / 2 % HOSTILE.size()).replace("%s", rewrite);
    }

    /// What a caller can reach and come up with: the other's names and id are known to it, texts of
    /// its own, an old one of the other's, texts of keys that are not this connection's.
    private static List<String> rewrites(HostileRows rows, String name) {
        String other = name.equals("a") ? "b" : "a";
        String id = rows.caller(other).id().toString();
        String claims =
                "{\"sub\":\"%s\",\"tenant\":\"default\",\"app_metadata\":{\"tenant\":\"%s\"}}"
                        .formatted(id, other);
        var soon = Instant.now().plusSeconds(60);
        var key = HostileRows.KEY;
        String own = rows.context(name).signed() == null ? claims : rows.context(name).signed();
        List<String> texts =
                List.of(
                        own.substring(0, Math.min(133, own.length())) + claims,
                        own.replace("\"tenant\":\"" + name + "\"", "\"tenant\":\"" + other + "\""),
                        key.sign(claims, Instant.now().minusSeconds(2)),
                        new SigningKey(UUID.randomUUID(), key.id(), key.secret())
                                .sign(claims, soon),
                        SigningKey.random(HostileRows.CONNECTION).sign(claims, soon),
                        claims,
                        "");
        List<String> rewrites = new ArrayList<>();
        for (String text : texts) {
            for (String local : List.of("true", "false")) {
                rewrites.add(set("drawbridge.identity", text, local));
            }
        }
        rewrites.addAll(settings(other, id, claims));
        return rewrites;
    }

    private static List<String> settings(String other, String id, String claims) {
        List<String> rewrites = new ArrayList<>();
        rewrites.add(
                set("app.tenant", other, "true")
                        + " || "
                        + set("app.tenant", other, "false")
                        + " || "
                        + set("request.jwt.claims", claims, "true")
                        + " || "
                        + set("app.current_rls_user_id", id, "true"));
        rewrites.add(set("role", "none", "true"));
        rewrites.add(set("role", "shop_" + other, "true"));
        rewrites.add(set("session_authorization", "shop_" + other, "false"));
        rewrites.add(set("row_security", "off", "true"));
        rewrites.add(set("search_path", "pg_temp, drawbridge", "false"));
        rewrites.add("query_to_xml('select secret from account', true, true, '')::text");
        return rewrites;
    }

    private static String set(String setting, String value, String local) {
        return "set_config('%s', '%s', %s)".formatted(setting, value.replace("'", "''"), local);
    }

    private static String policy(Rls.Mode mode) {
        String owns =
                switch (mode) {
                    case CLAIMS -> "tenant = (select current_setting('app.tenant', true))";
                    case SIGNED -> "tenant = (select drawbridge.claim('attributes.tenant'))";
                    default -> "'shop_' || tenant = session_user";
                };
        return "drop policy own on account; create policy own on account using (" + owns + ")";
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
