package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CallerSource;
import dev.drawbridge.identity.network.ClientAddress;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ExecutorService;

/// The callers of this service's own endpoints: looked up on every request, so that a revocation
/// works at once.
@Singleton
final class OwnCallers implements CallerSource {
    private final Credentials credentials;
    private final ExecutorService threads;

    OwnCallers(Credentials credentials, @VirtualThreads ExecutorService threads) {
        this.credentials = credentials;
        this.threads = threads;
    }

    @Override
    public Uni<Caller> caller(String bearer) {
        return lookUp(bearer, null);
    }

    @Override
    public Uni<Caller> caller(String bearer, String clientAddress) {
        return lookUp(bearer, ClientAddress.parse(clientAddress).orElse(null));
    }

    private Uni<Caller> lookUp(String bearer, @Nullable ClientAddress from) {
        Context request = Vertx.currentContext();
        Uni<Caller> caller =
                Uni.createFrom()
                        .item(() -> credentials.ofAny(bearer, from))
                        .runSubscriptionOn(threads);
        // The rest of the request belongs to the event loop that it began on.
        return request == null
                ? caller
                : caller.emitOn(command -> request.runOnContext(_ -> command.run()));
    }
}
