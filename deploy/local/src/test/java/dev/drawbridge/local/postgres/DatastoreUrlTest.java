package dev.drawbridge.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class DatastoreUrlTest {

    @Test
    void reads_all_parts() {
        var datastore =
                parse("postgresql://sue:p%40ss%2Bw%3A1@db.example.com:6543/app?sslmode=require");

        assertThat(datastore.server().host()).isEqualTo("db.example.com");
        assertThat(datastore.server().port()).isEqualTo(6543);
        assertThat(datastore.server().user()).isEqualTo("sue");
        assertThat(datastore.server().password().reveal()).isEqualTo("p@ss+w:1");
        assertThat(datastore.server().tls().mode()).isEqualTo("require");
        assertThat(datastore.database()).isEqualTo("app");
        assertThat(datastore.own()).isFalse();
    }

    @Test
    void takes_libpq_defaults() {
        var datastore =
                DatastoreUrl.parse("postgres://sue@localhost", Map.of("PGPASSWORD", "secret"));

        assertThat(datastore.server().port()).isEqualTo(5432);
        assertThat(datastore.database()).isEqualTo("sue");
        assertThat(datastore.server().password().reveal()).isEqualTo("secret");
        assertThat(datastore.server().tls().mode()).isEqualTo("prefer");
    }

    @Test
    void keeps_ipv6_addresses_in_brackets() {
        var datastore = parse("postgresql://sue:x@[::1]:5433/app");

        assertThat(datastore.server().host()).isEqualTo("::1");
        assertThat(datastore.url()).isEqualTo("postgresql://[::1]:5433/app");
    }

    @Test
    void shows_neither_user_nor_password() {
        var datastore = parse("postgresql://sue:hunter2@localhost/app?sslmode=require");

        assertThat(datastore.url()).isEqualTo("postgresql://localhost:5432/app");
        assertThat(datastore.jdbcUrl())
                .isEqualTo("jdbc:postgresql://localhost:5432/app?sslmode=require");
        assertThat(datastore.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "mysql://sue:hunter2@localhost/app",
                "postgresql://sue:hunter2@/app",
                "postgresql://sue:hunter2@one,two/app",
                "postgresql://sue:hunter2#@localhost/app",
                "postgresql://sue:hunter2%@localhost/app",
                "postgresql://:hunter2@localhost/app",
                "postgresql://sue:hunter2@localhost:port/app",
                "postgresql://sue:hunter2@localhost/app?search_path=hunter2"
            })
    void refuses_what_is_no_url_without_repeating_it(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("--datastore is not a URL like")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    private static Datastore parse(String url) {
        return DatastoreUrl.parse(url, Map.of());
    }
}
