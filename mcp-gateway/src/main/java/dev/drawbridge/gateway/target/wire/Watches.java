package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.route.EndpointHealth;
import dev.drawbridge.gateway.target.route.Endpoints;
import dev.drawbridge.gateway.target.route.LatestWrites;
import dev.drawbridge.gateway.target.route.ReadRetry;
import dev.drawbridge.gateway.target.route.RouteConfig;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The watches over all connections that are used: one for each version of a connection, since its
/// endpoints may be others, or be reached in another way.
@Singleton
final class Watches {
    private final Vertx vertx;
    private final RouteConfig config;
    private final LatestWrites writes;
    private final ReadRetry retry;
    private final Map<Key, EndpointWatch> watches = new ConcurrentHashMap<>();

    Watches(Vertx vertx, RouteConfig config, LatestWrites writes, ReadRetry retry) {
        this.vertx = vertx;
        this.config = config;
        this.writes = writes;
        this.retry = retry;
    }

    private record Key(UUID connection, long version) {
        static Key of(Target target) {
            return new Key(target.connection(), target.version());
        }
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.silence().toMillis(), _ -> tick());
    }

    /// Looks at what is used.
    void tick() {
        watches.values().forEach(EndpointWatch::tick);
    }

    /// Where the calls on a target go. It is watched from now on, until all of its pools are
    /// closed.
    ///
    /// @param openers of sessions at an endpoint
    Routing routing(
            Target target, ConnectionSessions sessions, Function<Endpoint, SessionOpener> openers) {
        EndpointWatch watch =
                watches.computeIfAbsent(
                        Key.of(target),
                        _ -> new EndpointWatch(vertx, config, target, sessions, openers));
        return new Routing(
                vertx, target.connection(), watch.endpoints(), writes, retry, watch::doubt);
    }

    /// The same for a target that is tried out: nothing is given up or tried again.
    Routing trial(Target target) {
        var endpoints = Endpoints.of(target.endpoints(), config, _ -> false, _ -> {});
        return new Routing(vertx, target.connection(), endpoints, writes, ReadRetry.NEVER, _ -> {});
    }

    /// Notes a pool of a target that is watched.
    void add(Target target, TargetPool pool) {
        EndpointWatch watch = watches.get(Key.of(target));
        if (watch != null) {
            watch.add(pool);
        }
    }

    /// How the endpoints of a target that is watched are, each asked now.
    Future<List<EndpointHealth>> health(Target target) {
        EndpointWatch watch = Objects.requireNonNull(watches.get(Key.of(target)));
        return watch.askAll().map(_ -> watch.endpoints().health());
    }

    /// Forgets what is not used any more.
    void sweep() {
        watches.values()
                .removeIf(watch -> {
                    boolean over = !watch.isUsed();
                    if (over) {
                        watch.close();
                    }
                    return over;
                });
    }
}
