package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.Announcements;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The real channel, between a real PostgreSQL and the cache of callers.
class RevocationListenerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String TOKEN = OpaqueCredential.generate(CredentialType.API_TOKEN).text();
    private static final String ANOTHER =
            OpaqueCredential.generate(CredentialType.API_TOKEN).text();
    private static TestPostgres postgres;
    private static Vertx vertx;
    private static Pool pool;
    private static Announcements announcements;

    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());
    private final Revocations revocations = new Revocations();
    private final RevocationListener listener =
            new RevocationListener(announcements, callers, revocations);

    @BeforeAll
    static void startPostgres() {
        postgres = TestPostgres.start();
        vertx = Vertx.vertx();
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(4))
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(postgres.port())
                                        .setDatabase("postgres")
                                        .setUser("postgres"))
                        .using(vertx)
                        .build();
        announcements = new Announcements(pool, vertx);
    }

    @AfterAll
    static void stopPostgres() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @BeforeEach
    void listen() {
        listener.start(new StartupEvent());
        awaitRemembering();
    }

    @AfterEach
    void stop() {
        listener.stop(new ShutdownEvent());
        endListeningConnections();
    }

    @Test
    void makes_the_cache_forget_what_was_announced() {
        announce(Revocation.ofUser(TestAuth.caller().id()));

        awaitForgotten();
    }

    @Test
    void makes_the_cache_forget_everyone_on_an_announcement_that_cannot_be_read() {
        postgres.run("select pg_notify('" + Revocation.CHANNEL + "', 'nonsense')");

        awaitForgotten();
    }

    @Test
    void passes_on_what_was_announced_once_the_cache_has_forgotten() {
        caller();
        int before = auth.exchanges.get();
        var told = new CompletableFuture<Revocation>();
        revocations.hear(revocation -> {
            caller();
            told.complete(revocation);
        });
        var announced = Revocation.ofUser(TestAuth.caller().id());

        announce(announced);

        assertThat(told.orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).join()).isEqualTo(announced);
        assertThat(auth.exchanges).hasValue(before + 1);
    }

    /// Somebody else is revoked last: once that was heard, what was said before was heard too.
    @Test
    void leaves_the_cache_alone_when_another_is_meant() {
        var user = new UUID(7, 7);
        String token = auth.token(RandomCallers.caller(user));
        auth.answer = () -> Uni.createFrom().item(token);
        caller(ANOTHER);
        int before = auth.exchanges.get();

        announce(Revocation.ofUser(new UUID(9, 9)));
        announce(Revocation.ofUser(user));

        awaitForgotten(ANOTHER);
        caller();
        assertThat(auth.exchanges).hasValue(before + 1);
    }

    @Test
    void forgets_everyone_when_its_connection_is_lost_and_listens_again() {
        endListeningConnections();
        awaitForgotten();

        awaitRemembering();
        announce(Revocation.ofCredential(TestAuth.caller().credential().id()));
        awaitForgotten();
    }

    @Test
    void holds_no_connection_where_callers_are_known_anyway() {
        stop();
        Awaitility.await().atMost(WAIT).until(() -> listening() == 0);
        var later = new RevocationListener(announcements, callers, revocations);

        new RevocationListener(
                        announcements, (CallerSource) _ -> Uni.createFrom().nullItem(), revocations)
                .start(new StartupEvent());
        later.start(new StartupEvent());

        awaitRemembering();
        assertThat(listening()).isEqualTo(1);
        later.stop(new ShutdownEvent());
    }

    private void awaitRemembering() {
        Awaitility.await()
                .atMost(WAIT)
                .until(() -> {
                    caller();
                    int before = auth.exchanges.get();
                    caller();
                    return auth.exchanges.get() == before;
                });
    }

    private void awaitForgotten() {
        awaitForgotten(TOKEN);
    }

    private void awaitForgotten(String token) {
        int before = auth.exchanges.get();
        Awaitility.await()
                .atMost(WAIT)
                .until(() -> {
                    caller(token);
                    return auth.exchanges.get() > before;
                });
    }

    private void caller() {
        caller(TOKEN);
    }

    private void caller(String token) {
        callers.caller(token).await().atMost(WAIT);
    }

    private static void announce(Revocation revocation) {
        postgres.run(
                "select pg_notify('" + Revocation.CHANNEL + "', '" + revocation.payload() + "')");
    }

    private static void endListeningConnections() {
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'");
    }

    private static int listening() {
        return Integer.parseInt(
                postgres.value(
                        "select count(*) from pg_stat_activity where query like 'listen %'"));
    }
}
