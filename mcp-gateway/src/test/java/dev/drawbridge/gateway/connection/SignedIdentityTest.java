package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.target.SigningKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What install-rls makes of a real server, against texts of every kind.
@ParameterizedClass
@ValueSource(strings = {"newest", "oldest"})
class SignedIdentityTest {
    private static final UUID CONNECTION = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UUID USER = UUID.fromString("0198c0de-0000-7000-8000-00000000000a");
    private static final SigningKey KEY = SigningKey.random(CONNECTION);
    private static final SigningKey NEWER = SigningKey.random(CONNECTION);
    private static final String CLAIMS =
            """
            {"sub":"%s","username":"zoë","tenant":"default","groups":["north"],\
            "app_metadata":{"tenant":"a","level":3},"settings":{"app.store":"7","app.none":""}}\
            """
                    .formatted(USER);
    private static final String NOBODY = "select drawbridge.claims() is null";
    private static final String ROWS = "select count(*) from account";
    private static final Map<String, VerifyingServer> SERVERS = new ConcurrentHashMap<>();

    private final VerifyingServer server;

    SignedIdentityTest(String version) {
        this.server =
                SERVERS.computeIfAbsent(
                        version, of -> new VerifyingServer(of, List.of(KEY, NEWER)));
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(VerifyingServer::close);
        SERVERS.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "drawbridge.user_id(),0198c0de-0000-7000-8000-00000000000a",
        "drawbridge.tenant(),default",
        "drawbridge.claim('username'),zoë",
        "drawbridge.claim('attributes.tenant'),a",
        "drawbridge.claim('attributes.level'),3",
        "drawbridge.claim('attributes.none'),",
        "drawbridge.claim('groups.0'),north",
        "drawbridge.setting('app.store'),7",
        "drawbridge.setting('app.none'),",
        "drawbridge.setting('app.nothing'),"
    })
    void what_is_signed_is_read(String call, String value) throws SQLException {
        assertThat(server.ask("agent", KEY.sign(CLAIMS, soon()), "select " + call))
                .isEqualTo(value);
    }

    @Test
    void both_keys_of_a_rotation_are_good_and_a_retired_one_is_not() throws SQLException {
        assertThat(server.ask("agent", NEWER.sign(CLAIMS, soon()), ROWS)).isEqualTo("500");
        server.install(List.of(NEWER));
        assertThat(server.ask("agent", KEY.sign(CLAIMS, soon()), ROWS)).isEqualTo("0");
        assertThat(server.ask("agent", NEWER.sign(CLAIMS, soon()), ROWS)).isEqualTo("500");
        server.install(List.of(KEY, NEWER));
        assertThat(server.ask("agent", KEY.sign(CLAIMS, soon()), ROWS)).isEqualTo("500");
    }

    @Test
    void whoever_is_not_vouched_for_is_nobody() throws SQLException {
        String good = KEY.sign(CLAIMS, soon());
        var elsewhere = new SigningKey(UUID.randomUUID(), KEY.id(), KEY.secret());
        var renamed = new SigningKey(CONNECTION, "0123456789abcdef", KEY.secret());
        var swapped = new SigningKey(CONNECTION, NEWER.id(), KEY.secret());
        List<String> texts =
                List.of(
                        "",
                        " ",
                        "null",
                        CLAIMS,
                        "v1." + CLAIMS,
                        good + " ",
                        " " + good,
                        good.toUpperCase(Locale.ROOT),
                        good.replace("\"tenant\":\"a\"", "\"tenant\":\"b\""),
                        good.replace("v1.", "v2."),
                        KEY.sign(CLAIMS, Instant.now().minusSeconds(1)),
                        KEY.sign(CLAIMS, Instant.EPOCH),
                        elsewhere.sign(CLAIMS, soon()),
                        renamed.sign(CLAIMS, soon()),
                        swapped.sign(CLAIMS, soon()),
                        SigningKey.random(CONNECTION).sign(CLAIMS, soon()),
                        KEY.sign("{\"sub\":\"\\u0000\",\"tenant\":\"a\"}", soon()),
                        Base64.getEncoder().encodeToString(good.getBytes(StandardCharsets.UTF_8)),
                        "v1." + "A".repeat(200) + "==.{",
                        "v1.%s.9999999999.%s.%s.{}".formatted(KEY.id(), CONNECTION, "0".repeat(64)),
                        "v1.%s.9999999999.%s.%s.{".formatted(KEY.id(), CONNECTION, "f".repeat(64)),
                        good + "x".repeat(70_000),
                        "x".repeat(5_000_000),
                        "'; drop table account; --",
                        "\u202ev1.\ud83d\ude00\u0001");
        for (String text : texts) {
            assertThat(server.ask("agent", text, NOBODY)).as(shown(text)).isEqualTo("t");
            assertThat(server.ask("agent", text, ROWS)).as(shown(text)).isEqualTo("0");
        }
    }

    @Test
    void no_part_of_a_text_is_enough_and_no_character_may_change() throws SQLException {
        String good = KEY.sign(CLAIMS, soon());
        try (var connection = server.as("agent");
                var ask =
                        connection.prepareStatement(
                                "select set_config('drawbridge.identity', ?, false),"
                                        + " drawbridge.claims() is null")) {
            for (int i = 0; i < good.length(); i++) {
                for (String text :
                        List.of(
                                good.substring(0, i),
                                good.substring(i + 1),
                                good.substring(0, i)
                                        + (char) (good.charAt(i) ^ 1)
                                        + good.substring(i + 1))) {
                    ask.setString(1, text);
                    try (var rows = ask.executeQuery()) {
                        rows.next();
                        assertThat(rows.getBoolean(2)).as(text).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void a_text_is_good_for_the_login_of_its_connection_alone() throws SQLException {
        assertThat(server.ask("other", KEY.sign(CLAIMS, soon()), ROWS)).isEqualTo("0");
        assertThat(server.ask("agent", KEY.sign(CLAIMS, soon()), ROWS)).isEqualTo("500");
    }

    /// What remains: who comes by a text of another's, of the same connection, within its life.
    @Test
    void nothing_but_a_valid_text_changes_who_asks_in_the_middle_of_a_statement()
            throws SQLException {
        String rewrite =
                "with x as materialized (select set_config('drawbridge.identity', '%s', true))"
                        + " select string_agg(distinct secret, ',') from x, account";
        String own = KEY.sign(CLAIMS, soon());
        String foreign = KEY.sign(CLAIMS.replace("\"tenant\":\"a\"", "\"tenant\":\"b\""), soon());
        String forged = own.replace("\"tenant\":\"a\"", "\"tenant\":\"b\"");

        assertThat(server.ask("agent", own, rewrite.formatted(own))).isEqualTo("canary-a");
        assertThat(server.ask("agent", own, rewrite.formatted(forged))).isNull();
        assertThat(server.ask("agent", own, rewrite.formatted(""))).isNull();
        assertThat(server.ask("agent", own, rewrite.formatted(foreign))).isEqualTo("canary-b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from drawbridge.key",
                "select count(*) from drawbridge.key",
                "select drawbridge.hmac('', '', '')",
                "insert into drawbridge.key values ('x')",
                "create table drawbridge.mine ()",
                "create function drawbridge.mine() returns int language sql as 'select 1'",
                "create or replace function drawbridge.claims() returns jsonb language sql as"
                        + " 'select jsonb_build_object()'",
                "alter function drawbridge.claims() reset search_path",
                "drop policy own on account"
            })
    void a_login_has_no_hold_of_the_verifier(String attempt) {
        assertThatThrownBy(() -> server.ask("agent", KEY.sign(CLAIMS, soon()), attempt))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void is_verified_once_for_a_statement_also_by_workers() throws SQLException {
        server.postgres().run("create table big (tenant text); grant select on big to agent");
        server.postgres()
                .run(
                        """
                        insert into big select case when i % 2 = 0 then 'a' else 'b' end
                          from generate_series(1, 300000) i;
                        alter table big enable row level security;
                        create policy own on big
                            using (tenant = (select drawbridge.claim('attributes.tenant')));
                        analyze big;
                        """);
        String own = KEY.sign(CLAIMS, soon());
        String sql = "select count(*) from big";
        try (var connection = server.as("agent");
                var statement = connection.createStatement()) {
            statement.execute("set drawbridge.identity = '" + own + "'");
            statement.execute("set parallel_setup_cost = 0; set parallel_tuple_cost = 0");
            statement.execute("set min_parallel_table_scan_size = 0");
            var plan = new StringBuilder();
            var lines = statement.executeQuery("explain (analyze, costs off, timing off) " + sql);
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
            assertThat(plan).contains("Workers Launched").containsPattern("InitPlan");
            var rows = statement.executeQuery(sql);
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(150_000);
        } finally {
            server.postgres().run("drop table big");
        }
    }

    @Test
    void is_not_installed_by_the_agents_login_nor_by_a_role_that_it_is_a_member_of() {
        for (String owner : List.of("agent", "keeper")) {
            var postgres = server.postgres();
            postgres.run("create role keeper createrole; grant keeper to agent");
            postgres.run("create database fresh owner " + owner);
            try (var connection = server.as("agent", "fresh", owner);
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(
                                () -> {
                                    for (String one :
                                            RlsScript.of("agent", List.of(KEY)).runnable()) {
                                        statement.execute(one);
                                    }
                                })
                        .hasMessageContaining("Run this as another role than agent");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            } finally {
                postgres.run("drop database fresh");
                postgres.run("drop role keeper");
            }
        }
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(60);
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(100, text.length()));
    }
}
