package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.LogLevel;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Tells clients of calls that take long that they still run: as progress every second, to who
/// asked for that, and once as a message.
@Singleton
final class RunningCalls {
    private static final long EVERY_MS = 1_000;
    private static final long WORTH_A_MESSAGE_S = 10;

    private final Vertx vertx;
    private final Set<Running> all = ConcurrentHashMap.newKeySet();

    RunningCalls(Vertx vertx) {
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(EVERY_MS, _ -> all.forEach(Running::tell));
    }

    /// Follows a call that has begun until it ends.
    <T> Future<T> follow(String tool, Client client, Future<T> call) {
        if (call.isComplete() || client == Client.MUTE) {
            return call;
        }
        var running = new Running(tool, client, call, vertx.getOrCreateContext());
        all.add(running);
        return call.onComplete(_ -> all.remove(running));
    }

    private static final class Running {
        private final String tool;
        private final Client client;
        private final Future<?> call;
        private final Context context;
        private final long began = System.nanoTime();
        private boolean said;

        Running(String tool, Client client, Future<?> call, Context context) {
            this.tool = tool;
            this.client = client;
            this.call = call;
            this.context = context;
        }

        void tell() {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            if (seconds > 0 && (client.hearsProgress() || seconds >= WORTH_A_MESSAGE_S)) {
                context.runOnContext(_ -> tell(seconds));
            }
        }

        private void tell(long seconds) {
            if (call.isComplete()) {
                return;
            }
            String text = "%s has been running for %d s.".formatted(tool, seconds);
            client.progress((double) seconds, null, text);
            if (seconds >= WORTH_A_MESSAGE_S && !said) {
                said = true;
                client.log(LogLevel.NOTICE, text);
            }
        }
    }
}
