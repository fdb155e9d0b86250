package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Two requests wait for one answer of auth-service: each goes on as itself, because its trace id
/// and its connection belong to its context.
class SharedExchangeTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final VertxInternal vertx = (VertxInternal) Vertx.vertx();
    private final TestAuth auth = new TestAuth();
    private final ExchangedCallers callers =
            new ExchangedCallers(
                    auth, new VerificationKeys(auth, TestAuth.config()), TestAuth.config());

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void each_request_goes_on_in_its_own_context(boolean remembering) {
        if (remembering) {
            callers.startRemembering();
        }
        var published = new CompletableFuture<String>();
        auth.keySet = () -> Uni.createFrom().completionStage(() -> published);
        String token = OpaqueCredential.generate(CredentialType.API_TOKEN).text();
        var one = vertx.createEventLoopContext();
        var other = vertx.createEventLoopContext();
        var first = goesOnIn(one, token);
        var second = goesOnIn(other, token);

        published.complete(auth.keys());

        assertThat(first).succeedsWithin(WAIT).isSameAs(one);
        assertThat(second).succeedsWithin(WAIT).isSameAs(other);
        assertThat(auth.fetches).hasValue(1);
    }

    /// Asks for the caller in that context, and tells in which one the answer arrived.
    private CompletableFuture<Context> goesOnIn(Context context, String token) {
        var asked = new CompletableFuture<Void>();
        var arrived = new CompletableFuture<Context>();
        context.runOnContext(_ -> {
            callers.caller(token)
                    .subscribe()
                    .with(
                            _ -> arrived.complete(Vertx.currentContext()),
                            arrived::completeExceptionally);
            asked.complete(null);
        });
        asked.join();
        return arrived;
    }
}
