package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.problem.Problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

class HandshakeTest extends TargetPoolCase {
    @TempDir static Path folder;

    private static Targets targets;
    private static Targets hasty;
    private static String authority;

    @BeforeAll
    static void askForPasswords() throws Exception {
        targets = targets(config());
        hasty = targets(config(Map.of("gateway.target.connect-timeout", "500ms")));
        Certificates made = Certificates.make(folder);
        authority = Files.readString(made.certificate());
        Path rules = Path.of(postgres.value("show hba_file"));
        Files.writeString(
                rules,
                """
                host all hashed all scram-sha-256
                host all shown all password
                host all turned_away all reject
                """
                        + Files.readString(rules));
        postgres.run("create role hashed login password 'x'; create role shown login password 'x'");
        postgres.run("alter system set ssl_cert_file = '%s'".formatted(made.certificate()));
        postgres.run("alter system set ssl_key_file = '%s'".formatted(made.key()));
        postgres.run("alter system set ssl = on");
        postgres.value("select pg_reload_conf()");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> "on".equals(postgres.value("show ssl")));
    }

    @Test
    void tells_what_the_server_asks_of_each_login() {
        assertThat(demand("hashed", TlsMode.DISABLE)).isEqualTo(PasswordDemand.HASHED);
        assertThat(demand("shown", TlsMode.DISABLE)).isEqualTo(PasswordDemand.CLEARTEXT);
        assertThat(demand("agent", TlsMode.DISABLE)).isEqualTo(PasswordDemand.NONE);
        assertThat(demand("nobody at all", TlsMode.DISABLE)).isEqualTo(PasswordDemand.NONE);
        assertThat(problem(targets.demand(own("turned_away", TlsMode.DISABLE, null), "postgres")))
                .isInstanceOf(Problem.Unauthenticated.class);
    }

    @Test
    void asks_under_tls_in_every_mode_and_the_login_signs_in() {
        for (TlsMode tls :
                new TlsMode[] {TlsMode.REQUIRE, TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL}) {
            assertThat(demand("hashed", tls)).as(tls.name()).isEqualTo(PasswordDemand.HASHED);
            assertThat(demand("shown", tls)).as(tls.name()).isEqualTo(PasswordDemand.CLEARTEXT);
            TargetPool signedIn = targets.trial(own("hashed", tls, authority), "postgres");
            assertThat(
                            await(
                                    signedIn.values(
                                            nobody,
                                            Statement.own(
                                                    "select ssl from pg_stat_ssl"
                                                            + " where pid = pg_backend_pid()"),
                                            new CancelSignal())))
                    .hasToString("[[true]]");
            signedIn.close();
        }
    }

    @Test
    void a_call_is_cancelled_under_tls_in_every_mode() {
        for (TlsMode tls :
                new TlsMode[] {TlsMode.REQUIRE, TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL}) {
            TargetPool signedIn = targets.trial(own("hashed", tls, authority), "postgres");
            var signal = new CancelSignal();
            vertx.setTimer(500, _ -> signal.cancel("gone"));

            Problem ended =
                    problem(
                            signedIn.encoded(
                                    nobody, statement("select pg_sleep(2.5)", 0, 1), signal));

            assertThat(ended).as(tls.name()).isEqualTo(new Problem.QueryCancelled("gone"));
            assertThat(
                            postgres.value(
                                    "select count(*) from pg_stat_activity where usename = 'hashed'"
                                            + " and state = 'active'"))
                    .as(tls.name())
                    .isEqualTo("0");
            signedIn.close();
        }
    }

    @Test
    void a_login_shows_its_password_to_a_server_that_is_known_only() {
        for (TlsMode tls : TlsMode.values()) {
            TargetPool shown = targets.trial(own("shown", tls, authority), "postgres");
            var answer = shown.values(nobody, Statement.own("select 1"), new CancelSignal());
            if (PasswordDemand.CLEARTEXT.isFit(tls)) {
                assertThat(await(answer)).hasToString("[[1]]");
            } else {
                assertThat(problem(answer)).isInstanceOf(Problem.Unauthenticated.class);
            }
            shown.close();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_asked() {
        for (TlsMode tls : new TlsMode[] {TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL}) {
            assertThat(problem(targets.demand(own("hashed", tls, null), "postgres")))
                    .isInstanceOf(Problem.DatabaseUnavailable.class);
        }
    }

    @Test
    void a_certificate_for_another_name_is_not_asked() {
        var target = own("hashed", TlsMode.VERIFY_FULL, authority);
        var elsewhere = at(target, "127.0.0.1", target.endpoint().port());

        assertThat(problem(targets.demand(elsewhere, "postgres")))
                .isInstanceOf(Problem.DatabaseUnavailable.class);
    }

    @Test
    void the_password_itself_goes_to_a_server_that_is_known_only() {
        assertThat(PasswordDemand.CLEARTEXT.isFit(TlsMode.DISABLE)).isFalse();
        assertThat(PasswordDemand.CLEARTEXT.isFit(TlsMode.REQUIRE)).isFalse();
        assertThat(PasswordDemand.CLEARTEXT.isFit(TlsMode.VERIFY_CA)).isTrue();
        assertThat(PasswordDemand.CLEARTEXT.isFit(TlsMode.VERIFY_FULL)).isTrue();
        for (TlsMode tls : TlsMode.values()) {
            assertThat(PasswordDemand.HASHED.isFit(tls)).isTrue();
            assertThat(PasswordDemand.NONE.isFit(tls)).isFalse();
        }
    }

    @Test
    void a_server_that_is_none_asks_for_nothing() {
        refuses("HTTP/1.1 400 Bad Request\r\n\r\n", TlsMode.DISABLE);
        refuses("x".repeat(20_000), TlsMode.DISABLE);
        refuses("R\0\0\0", TlsMode.DISABLE);
        refuses("R\0\0\0\0", TlsMode.DISABLE);
        refuses("R\0\0\0\4", TlsMode.DISABLE);
        refuses("E\0\0\0\4", TlsMode.DISABLE);
        refuses("E\0\0\0\0", TlsMode.DISABLE);
        refuses("v\0\0\0\4", TlsMode.DISABLE);
        refuses("", TlsMode.DISABLE);
        refuses("N", TlsMode.REQUIRE);
        refuses("SR\0\0\0\10\0\0\0\12", TlsMode.REQUIRE);
        refuses("", TlsMode.VERIFY_FULL);
    }

    /// What it says before, or instead of, an answer; without anything it hangs.
    private static void refuses(String says, TlsMode tls) {
        NetServer server =
                await(
                        vertx.createNetServer()
                                .connectHandler(socket -> {
                                    if (!says.isEmpty()) {
                                        socket.handler(_ -> socket.write(Buffer.buffer(says)));
                                    }
                                })
                                .listen(0, "127.0.0.1"));
        try {
            var target = at(own("hashed", tls, authority), "127.0.0.1", server.actualPort());
            assertThat(problem(hasty.demand(target, "postgres")))
                    .as(says)
                    .isInstanceOf(Problem.DatabaseUnavailable.class);
        } finally {
            await(server.close());
        }
    }

    private static PasswordDemand demand(String login, TlsMode tls) {
        return await(targets.demand(own(login, tls, authority), "postgres"));
    }

    private static Target own(String login, TlsMode tls, @Nullable String authority) {
        return new Target(
                UUID.randomUUID(),
                1,
                "localhost",
                postgres.port(),
                login,
                "x",
                tls,
                authority,
                PoolMode.DIRECT,
                2,
                Rls.NONE,
                UUID.randomUUID());
    }

    private static Target at(Target target, String host, int port) {
        return new Target(
                target.connection(),
                1,
                host,
                port,
                target.username(),
                target.password(),
                target.tls().mode(),
                target.tls().authority(),
                PoolMode.DIRECT,
                2,
                Rls.NONE,
                target.login());
    }
}
