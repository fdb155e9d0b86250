package dev.drawbridge.system.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// `./drawbridge keys` for a suite, and what its datastore says of keys.
record KeyCommands(Suite suite) {
    private static final JsonMapper JSON = new JsonMapper();

    /// Every column that holds something sealed.
    private static final String SEALED =
            """
            select 'connection' as kind, sealed_password as sealed from gateway.connection
            union all select 'audit_seal', seal from gateway.audit_chain
            union all select 'audit_seal', seal from gateway.audit_checkpoint
            union all select 'signing_key', private_key from auth.signing_key
            union all select 'second_factor', secret from auth.second_factor
            union all select 'idempotency', request from auth.idempotency
            union all select 'external_session', id_token from auth.external_session
            union all select 'audit_seal', seal from auth.audit_chain
            union all select 'audit_seal', seal from auth.audit_checkpoint
            """;

    Drawbridge.Outcome run(String... command) {
        return new Drawbridge()
                .run(
                        Stream.of(
                                        Stream.of("keys"),
                                        Stream.of(command),
                                        Stream.of("--home", suite.home().folder().toString()))
                                .flatMap(words -> words)
                                .toArray(String[]::new));
    }

    /// Rotates.
    ///
    /// @return the id of the new key, which all services seal with
    String rotate() {
        var rotated = run("rotate", "--json");
        assertThat(rotated.exitCode()).as(rotated.stderr()).isZero();
        suite.secrets().addFiles(suite.home().folder().resolve("secrets"));
        try {
            var answer = JSON.readTree(rotated.stdout());
            assertThat(answer.path("services")).hasSize(2);
            assertThat(listed().getFirst()).isEqualTo(answer.path("key").asText());
            return answer.path("key").asText();
        } catch (JsonProcessingException failure) {
            throw new AssertionError(rotated.stdout(), failure);
        }
    }

    /// Waits until nothing is sealed under any other key, and status says the same.
    void awaitOnly(String key) {
        Awaitility.await("everything under " + key)
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(
                                        suite.datastore()
                                                .query(
                                                        "select distinct split_part(sealed, ':', 1)"
                                                                + " from (%s) s".formatted(SEALED)))
                                .containsExactly(List.of(key)));
        var status = run("status");
        assertThat(status.exitCode()).as(status.stdout()).isZero();
        assertThat(status.stdout()).contains("It seals.").doesNotContain("is stored");
    }

    /// What is sealed under a key.
    List<String> kindsUnder(String key) {
        return suite
                .datastore()
                .query(
                        "select distinct kind from (%s) s where split_part(sealed, ':', 1) = ?"
                                .formatted(SEALED),
                        key)
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /// Every column of the services' tables in which anything is under a key, whether or not
    /// anybody thought of it.
    List<String> columnsUnder(String key) {
        return suite
                .datastore()
                .query(
                        """
                        select table_schema::text, table_name::text, column_name::text
                          from information_schema.columns
                          join information_schema.tables using (table_schema, table_name)
                         where table_schema in ('auth', 'gateway')
                           and data_type = 'text' and table_type = 'BASE TABLE'
                        """)
                .stream()
                .filter(column -> isUnder(key, column))
                .map(column -> "%s.%s.%s".formatted(column.toArray()))
                .toList();
    }

    private boolean isUnder(String key, List<Object> column) {
        String sql =
                "select from %s.%s where starts_with(%s, ?) limit 1".formatted(column.toArray());
        return !suite.datastore().query(sql, key + ":").isEmpty();
    }

    Drawbridge.Outcome verifyAudit() {
        return new Drawbridge().run("audit", "verify", "--home", suite.home().folder().toString());
    }

    /// The ids in the file, in their order.
    List<String> listed() {
        return lines().lines().map(line -> line.substring(0, line.indexOf(':'))).toList();
    }

    String lines() {
        try {
            return Files.readString(file());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Puts another file in its place, by hand.
    void replace(String lines) {
        try {
            Path draft = Files.writeString(file().resolveSibling("by-hand"), lines);
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file()));
            Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file() {
        return suite.home().folder().resolve("secrets/data-key");
    }
}
