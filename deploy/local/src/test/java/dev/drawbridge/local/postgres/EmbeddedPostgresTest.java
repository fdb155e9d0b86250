package dev.drawbridge.local.postgres;

import static dev.drawbridge.local.postgres.RunningPostgres.execute;
import static dev.drawbridge.local.postgres.RunningPostgres.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.process.Child;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

class EmbeddedPostgresTest {
    @TempDir private static Path folder;
    private static RunningPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new RunningPostgres(folder);
        try (var owner = postgres.connect("auth_owner", "drawbridge")) {
            execute(owner, "create table auth.thing as select 1 as id");
        }
    }

    @AfterAll
    static void stop() {
        postgres.close();
        assertThat(postgres.children.all()).isEmpty();
    }

    @Test
    void runs_with_safe_settings() throws SQLException {
        try (var superuser = postgres.superuser("drawbridge")) {
            assertThat(
                            text(
                                    superuser,
                                    """
                                    select concat_ws(' ', current_setting('fsync'),
                                                     current_setting('data_checksums'),
                                                     current_setting('password_encryption'),
                                                     current_setting('listen_addresses'),
                                                     current_setting('shared_preload_libraries'))
                                    """))
                    .isEqualTo("on on scram-sha-256 127.0.0.1 pg_stat_statements");
        }
    }

    @Test
    void survives_a_kill() throws SQLException {
        Child killed = postgres.server.running().orElseThrow();
        postgres.children.send(killed, "KILL");
        postgres.children.ends(killed, Duration.ofSeconds(10));

        assertThat(postgres.server.running()).isEmpty();
        postgres.server.start();

        assertThatThingIsThere();
    }

    @Test
    void replaces_a_server_whose_record_is_lost() throws SQLException {
        Child unrecorded = postgres.server.running().orElseThrow();
        postgres.children.forget("postgres");

        postgres.server.start();

        assertThat(unrecorded.isAlive()).isFalse();
        assertThatThingIsThere();
    }

    @Test
    void starts_although_a_stranger_has_the_pid_of_a_dead_server() throws Exception {
        postgres.close();
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    postgres.home.postgresData().resolve("postmaster.pid"),
                    stranger.pid() + "\n" + postgres.home.postgresData() + "\n1700000000\n");

            postgres.server.start();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
        assertThatThingIsThere();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table auth.other (id int)",
                "create table public.other (id int)",
                "create temporary table other (id int)",
                "create schema other",
                "alter table auth.thing add column name text",
                "drop table auth.thing",
                "truncate auth.thing",
                "create table gateway.other (id int)",
                "set role auth_owner",
                "create role other"
            })
    void gives_a_service_no_way_to_change_its_tables(String statement) throws SQLException {
        try (var app = postgres.connect("auth_app", "drawbridge")) {
            assertThatThrownBy(() -> execute(app, statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void gives_a_service_its_rows_and_short_limits() throws SQLException {
        try (var app = postgres.connect("auth_app", "drawbridge")) {
            execute(app, "insert into auth.thing values (2)");
            execute(app, "update auth.thing set id = 3 where id = 2");
            execute(app, "delete from auth.thing where id = 3");
            assertThat(text(app, "show statement_timeout")).isEqualTo("5s");
            assertThat(text(app, "show idle_in_transaction_session_timeout")).isEqualTo("10s");
        }
        try (var other = postgres.connect("gateway_app", "drawbridge")) {
            assertThatThrownBy(() -> execute(other, "select * from auth.thing"))
                    .hasMessageContaining("permission denied for schema auth");
        }
    }

    @Test
    void sets_roles_up_again_without_harm() throws SQLException {
        postgres.bootstrap();

        assertThatThingIsThere();
    }

    @Test
    void leaves_no_password_in_statements_and_log() throws SQLException, IOException {
        String seen = Files.readString(postgres.home.log("postgres"));
        try (var superuser = postgres.superuser("drawbridge")) {
            execute(superuser, "create extension if not exists pg_stat_statements");
            postgres.bootstrap();
            seen += text(superuser, "select string_agg(query, ' ') from pg_stat_statements");
        }

        assertThat(seen).contains("set_config");
        for (String role : List.of("postgres", "auth_app", "auth_owner", "gateway_app")) {
            assertThat(seen).doesNotContain(postgres.secrets().password(role).reveal());
        }
    }

    private static void assertThatThingIsThere() throws SQLException {
        try (var app = postgres.connect("auth_app", "drawbridge")) {
            assertThat(text(app, "select count(*) from auth.thing")).isEqualTo("1");
        }
    }
}
