package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.identity.AgentClass;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The pools of one login on one database: one for each class, or one for each token where the
/// connection asks for that.
final class TargetSessions {
    private final Vertx vertx;
    private final NetworkPolicy network;
    private final TargetConfig config;
    private final Target target;
    private final String database;
    private final ConnectionSessions all;
    private final Routing routing;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<Key, SessionPool> pools = new ConcurrentHashMap<>();

    TargetSessions(
            Vertx vertx,
            NetworkPolicy network,
            TargetConfig config,
            Target target,
            String database,
            ConnectionSessions all,
            Routing routing) {
        this.vertx = vertx;
        this.network = network;
        this.config = config;
        this.target = target;
        this.database = database;
        this.all = all;
        this.routing = routing;
    }

    /// @param token null for all of the class
    private record Key(AgentClass kind, @Nullable UUID token, EndpointState at) {}

    /// The pool that somebody's sessions at an endpoint come from.
    SessionPool of(Asker asker, EndpointState at) {
        boolean dedicated = target.classes().dedicated();
        var key = new Key(asker.agentClass(), dedicated ? asker.credential() : null, at);
        SessionPool known = pools.get(key);
        return known == null ? pools.computeIfAbsent(key, this::open) : known;
    }

    /// How long a statement may run for somebody.
    Duration timeout(Asker asker) {
        return Bounds.timeout(config, target.classes().of(asker.agentClass()));
    }

    /// How long a call of somebody's waits for a session at most.
    Duration patience(Asker asker) {
        return target.classes().of(asker.agentClass()).queueWait();
    }

    private SessionPool open(Key key) {
        var policy = target.classes().of(key.kind());
        var opener =
                new SessionOpener(
                        vertx,
                        network,
                        config,
                        target.at(key.at().endpoint()),
                        database,
                        Bounds.timeout(config, policy));
        var pool =
                new SessionPool(
                        all,
                        key.kind(),
                        policy,
                        opener,
                        key.at(),
                        routing,
                        target.username(),
                        database);
        all.add(pool);
        return pool;
    }

    /// Retires the pools of tokens that are not used any more.
    void sweep() {
        if (target.classes().dedicated()) {
            List<SessionPool> unused = pools.values().stream().filter(all::isUnused).toList();
            pools.values().removeAll(unused);
            all.retire(unused);
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    /// Keeps no sessions any more; those in use end with their call, and who waits is served.
    void close() {
        if (closed.compareAndSet(false, true)) {
            all.retire(List.copyOf(pools.values()));
            all.leave();
        }
    }
}
