package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

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

/// The real channel, between a real PostgreSQL and the cache of callers.
class RevocationListenerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String TOKEN = OpaqueCredential.generate(CredentialType.API_TOKEN).text();
    private static TestPostgres postgres;
    private static Vertx vertx;
    private static Pool pool;

    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());
    private final RevocationListener listener = new RevocationListener(pool, vertx, callers);

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
    void leaves_the_cache_alone_when_another_is_meant() throws InterruptedException {
        int before = auth.exchanges.get();

        announce(Revocation.ofUser(new java.util.UUID(9, 9)));
        Thread.sleep(200);
        caller();

        assertThat(auth.exchanges).hasValue(before);
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
    void holds_no_connection_where_callers_are_known_anyway() throws InterruptedException {
        stop();
        Awaitility.await().atMost(WAIT).until(() -> listening() == 0);

        new RevocationListener(pool, vertx, (CallerSource) _ -> Uni.createFrom().nullItem())
                .start(new StartupEvent());
        Thread.sleep(200);

        assertThat(listening()).isZero();
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
        int before = auth.exchanges.get();
        Awaitility.await()
                .atMost(WAIT)
                .until(() -> {
                    caller();
                    return auth.exchanges.get() > before;
                });
    }

    private void caller() {
        callers.caller(TOKEN).await().atMost(WAIT);
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
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity"
                                        + " where query like 'listen %'")) {
            rows.next();
            return rows.getInt(1);
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
