package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.Announcements;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.Callable;

/// The way to the datastore is cut without a word: no connection ends, and none says anything.
class SilentDatastoreTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String TOKEN = OpaqueCredential.generate(CredentialType.API_TOKEN).text();

    private final TestPostgres postgres = TestPostgres.start();
    private final MutedProxy proxy = new MutedProxy(postgres.port());
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool =
            PgBuilder.pool()
                    .with(new PoolOptions().setMaxSize(4))
                    .connectingTo(
                            new PgConnectOptions()
                                    .setHost("127.0.0.1")
                                    .setPort(proxy.port())
                                    .setDatabase("postgres")
                                    .setUser("postgres"))
                    .using(vertx)
                    .build();
    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());
    private final Revocations revocations = new Revocations();
    private final RevocationListener listener =
            new RevocationListener(new Announcements(pool, vertx), callers, new Revocations());

    @AfterEach
    void stop() {
        listener.stop(new ShutdownEvent());
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @Test
    void nobody_is_remembered_while_revocations_cannot_come_through() {
        listener.start(new StartupEvent());
        await("callers to be remembered", this::isRemembered);
        // A second connection, which will lie idle in the pool and be as dead.
        pool.query("select 1").execute().toCompletionStage().toCompletableFuture().join();

        proxy.cut();
        await("the silence to be noticed", () -> !isRemembered());

        proxy.mend();
        await("callers to be remembered again", this::isRemembered);
        int before = auth.exchanges.get();
        postgres.run(
                "select pg_notify('%s', '%s')"
                        .formatted(Revocation.CHANNEL, Revocation.ofEveryone().payload()));
        await("the revocation to be heard", () -> caller() > before);
        assertThat(isRemembered()).isTrue();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(WAIT).until(condition);
    }

    private boolean isRemembered() {
        int before = caller();
        return caller() == before;
    }

    /// How often auth-service has been asked then.
    private int caller() {
        callers.caller(TOKEN).await().atMost(WAIT);
        return auth.exchanges.get();
    }
}
