package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.PgBouncer;
import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.ClientCertificate;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.Tls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/// Poolers with a certificate of a private authority, which ask for one of it and for SCRAM.
class ProtectedPoolerTest extends TargetPoolCase {
    @TempDir static Path folder;

    private static PgBouncer sessions;
    private static PgBouncer transactions;
    private static String authority;
    private static ClientCertificate client;

    @BeforeAll
    static void startPoolers() throws Exception {
        // PgBouncer drops root's rights before it reads them.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var made = Certificates.Signed.make(folder);
        for (Path file : List.of(made.server().key(), made.server().certificate())) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Path trusted = made.authority().certificate();
        Files.setPosixFilePermissions(trusted, PosixFilePermissions.fromString("rw-r--r--"));
        String settings =
                """
                listen_addr = 127.0.0.1,::1
                client_tls_sslmode = verify-full
                client_tls_ca_file = %s
                client_tls_cert_file = %s
                client_tls_key_file = %s
                """
                        .formatted(trusted, made.server().certificate(), made.server().key());
        sessions = PgBouncer.with(postgres.port(), "session", "agent", settings);
        transactions = PgBouncer.with(postgres.port(), "transaction", "agent", settings);
        authority = Files.readString(trusted);
        client =
                new ClientCertificate(
                        Files.readString(made.client().certificate()),
                        Files.readString(made.client().key()));
    }

    @AfterAll
    static void stopPoolers() {
        if (transactions != null) {
            transactions.close();
            sessions.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION", "TRANSACTION", "DEDICATED"})
    void let_in_who_shows_a_certificate_and_a_call_can_be_cancelled(PoolMode mode) {
        try (var call = new Call(endpoint("localhost", mode, false), full())) {
            for (int i = 0; i < 4; i++) {
                assertThat(call.rows("select 'protected'")).isEqualTo("[[\"protected\"]]");
            }
            var signal = new CancelSignal();
            vertx.setTimer(300, _ -> signal.cancel("gone"));
            assertThat(problem(call.ask("select pg_sleep(2.5)", signal)))
                    .isEqualTo(new Problem.QueryCancelled("gone"));
            assertThat(call.rows("select 1")).isEqualTo("[[1]]");
        }
    }

    @Test
    void are_found_at_an_address_of_the_sixth_version() {
        try (var call = new Call(endpoint("::1", PoolMode.TRANSACTION, false), full())) {
            assertThat(call.rows("select 1")).isEqualTo("[[1]]");
        }
    }

    @Test
    void let_nobody_in_who_shows_none() {
        assertUnavailable("localhost", new Tls(TlsMode.VERIFY_FULL, authority));
    }

    @Test
    void get_no_password_under_another_name_or_of_another_authority() {
        assertUnavailable("127.0.0.1", full());
        assertUnavailable("localhost", new Tls(TlsMode.VERIFY_FULL, null, client));
        assertUnavailable("localhost", new Tls(TlsMode.VERIFY_CA, client.chain(), client));
        try (var call =
                new Call(
                        endpoint("127.0.0.1", PoolMode.TRANSACTION, false),
                        new Tls(TlsMode.VERIFY_CA, authority, client))) {
            assertThat(call.rows("select 1")).isEqualTo("[[1]]");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION", "DEDICATED"})
    void keep_statements_where_that_is_known_or_declared(PoolMode mode) {
        try (var call = new Call(endpoint("localhost", mode, mode == PoolMode.DEDICATED), full())) {
            assertThat(call.prepared()).isPositive();
        }
        try (var call = new Call(endpoint("localhost", PoolMode.DEDICATED, false), full())) {
            assertThat(call.prepared()).isZero();
        }
    }

    private static void assertUnavailable(String host, Tls tls) {
        try (var call = new Call(endpoint(host, PoolMode.TRANSACTION, false), tls)) {
            assertThat(problem(call.ask("select 1", new CancelSignal())))
                    .isInstanceOf(Problem.DatabaseUnavailable.class);
        }
    }

    private static Tls full() {
        return new Tls(TlsMode.VERIFY_FULL, authority, client);
    }

    /// Of the pooler whose sessions last as a mode says.
    private static Endpoint endpoint(String host, PoolMode mode, boolean preparedStatements) {
        boolean lasts = mode == PoolMode.SESSION || preparedStatements;
        return new Endpoint(
                host,
                (lasts ? sessions : transactions).port(),
                mode,
                Endpoint.Role.PRIMARY,
                null,
                preparedStatements);
    }

    /// A pool through one endpoint.
    private static final class Call implements AutoCloseable {
        private final TargetPool pool;
        private final RowContext anybody;

        Call(Endpoint endpoint, Tls tls) {
            var target =
                    new Target(
                            UUID.randomUUID(),
                            1,
                            List.of(endpoint),
                            "agent",
                            "agent",
                            tls,
                            2,
                            Rls.NONE,
                            null,
                            null,
                            ClassPolicies.defaults(Environment.PROD));
            pool = targets(config()).trial(target, "postgres");
            anybody = RowContextFixtures.nobody(config(), endpoint.mode());
        }

        String rows(String sql) {
            return await(ask(sql, new CancelSignal())).json();
        }

        Future<EncodedRows> ask(String sql, CancelSignal signal) {
            return pool.encoded(anybody, statement(sql, 0, 10), signal);
        }

        /// How many statements a session keeps once texts repeat.
        int prepared() {
            for (int i = 0; i < 4; i++) {
                rows("select 'again'");
            }
            String kept = rows("select count(*) from pg_prepared_statements where name <> ''");
            return Integer.parseInt(kept.replaceAll("\\D", ""));
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
