package dev.drawbridge.gateway.pool.share;

import dev.drawbridge.gateway.pool.Budgets;
import dev.drawbridge.gateway.replica.ReplicaBus;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The budgets of all connections, of which this replica holds its part.
///
/// A replica says every second that it lives. Whoever is not heard of for six is dead to the
/// others; so one that could not say it for five, by its own clock, goes by another name from then
/// on, and until the datastore is there again has of each budget what every replica that it knew of
/// may have, too.
@Singleton
public final class SharedBudgets implements Budgets {
    private static final Logger LOG = Logger.getLogger(SharedBudgets.class);
    private static final String TOPIC = "pool-share";
    private static final long BEAT_MS = 1_000;
    private static final long PATIENCE_MS = 2_000;
    private static final long SWEEP_BEATS = 60;

    private final ShareRepository repository;
    private final ReplicaBus replicas;
    private final Vertx vertx;
    private final Map<UUID, LeasedBudget> leases = new ConcurrentHashMap<>();
    private final Map<UUID, Asking> asking = new ConcurrentHashMap<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private long beats;
    private volatile Standing standing = Standing.fresh();
    private volatile boolean ended;

    SharedBudgets(ShareRepository repository, ReplicaBus replicas, Vertx vertx) {
        this.repository = repository;
        this.replicas = replicas;
        this.vertx = vertx;
    }

    /// One question at a time for each lease, and one more where there was news meanwhile.
    private enum Asking {
        ONCE,
        AGAIN
    }

    void start(@Observes StartupEvent event) {
        replicas.hear(TOPIC, this::hear);
        vertx.setPeriodic(BEAT_MS, _ -> beat());
        beat();
    }

    /// Behind whoever closes sessions.
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        leave();
    }

    @Override
    public LeasedBudget of(UUID connection, int budget) {
        return Objects.requireNonNull(
                leases.compute(
                        connection,
                        (id, known) -> {
                            LeasedBudget lease = known == null ? opened(id, budget) : known;
                            lease.use(budget);
                            return lease;
                        }));
    }

    private LeasedBudget opened(UUID connection, int budget) {
        var lease = new LeasedBudget(connection, budget, this::ask);
        if (standing.isAway()) {
            takeEqualPart(lease);
        }
        return lease;
    }

    @Override
    public void forget(UUID connection) {
        leases.computeIfPresent(
                connection,
                (_, lease) -> {
                    lease.retire();
                    return lease;
                });
    }

    /// Whether budgets are kept together with the other replicas.
    boolean areShared() {
        return standing.joined();
    }

    /// Gives everything back, once nothing is under way that could take it again.
    void leave() {
        ended = true;
        aside.shutdown();
        Standing last = standing;
        try {
            boolean quiet = aside.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS);
            LOG.debugf("Questions about budgets have ended: %s", quiet);
            CompletableFuture.runAsync(
                            () -> repository.leave(last.id()), Thread::startVirtualThread)
                    .orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException unavailable) {
            LOG.warnf("Sessions are given back by time alone: %s", unavailable.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(JsonObject message) {
        LeasedBudget lease = leases.get(UUID.fromString(message.getString("connection")));
        if (lease != null && !message.getString("from").equals(standing.id().toString())) {
            ask(lease);
        }
    }

    private void tell(Standing from, UUID connection) {
        replicas.publish(
                TOPIC,
                new JsonObject()
                        .put("from", from.id().toString())
                        .put("connection", connection.toString()));
    }

    void beat() {
        goAwayIfLapsed();
        if (ended || !beating.compareAndSet(false, true)) {
            return;
        }
        var _ =
                CompletableFuture.runAsync(this::sayAlive, aside)
                        .orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                        .whenComplete((_, failure) -> {
                            beating.set(false);
                            if (failure != null) {
                                LOG.debugf("Budgets could not be looked at: %s", failure);
                            }
                        });
    }

    private synchronized void goAwayIfLapsed() {
        if (!standing.hasLapsed()) {
            return;
        }
        LOG.warnf(
                "Sessions are not shared with other replicas: each of %d goes on with its part",
                standing.known());
        standing = standing.lapsed();
        leases.values().forEach(this::takeEqualPart);
    }

    private void takeEqualPart(LeasedBudget lease) {
        int part = standing.equalPart(lease.budget());
        lease.reach(part);
        lease.grant(part, Math.max(part, lease.open()));
    }

    /// Blocks.
    private void sayAlive() {
        join();
        Standing now = standing;
        Map<UUID, Claims> claims = repository.claims(now.id());
        leases.keySet()
                .forEach(id -> leases.computeIfPresent(id, (_, it) -> it.isEmpty() ? null : it));
        for (LeasedBudget lease : leases.values()) {
            lease.beat();
            Claims others = claims.get(lease.connection());
            if (others != null) {
                lease.reach(reach(lease, others));
            }
            if (lease.hasNews() || (others != null && allowance(lease, others) != lease.size())) {
                ask(lease);
            }
        }
        if (beats++ % SWEEP_BEATS == 0) {
            repository.forgetGone();
        }
    }

    private void join() {
        long sent = System.nanoTime();
        UUID id = standing.id();
        joined(id, sent, repository.beat(id));
    }

    private synchronized void joined(UUID id, long sent, int alive) {
        Standing before = standing;
        if (!before.id().equals(id)) {
            return;
        }
        standing = before.heardOf(sent, alive);
        if (before.isAway()) {
            LOG.info("Sessions are shared with other replicas again");
        }
    }

    private void ask(LeasedBudget lease) {
        Asking state = asking.merge(lease.connection(), Asking.ONCE, (_, _) -> Asking.AGAIN);
        if (state == Asking.ONCE && !ended) {
            aside.execute(() -> claimUntilQuiet(lease));
        }
    }

    private void claimUntilQuiet(LeasedBudget lease) {
        do {
            try {
                claim(lease);
            } catch (RuntimeException unavailable) {
                LOG.debugf("A budget could not be asked for: %s", unavailable.toString());
                asking.remove(lease.connection());
                lease.failed();
                return;
            }
        } while (asking.computeIfPresent(
                        lease.connection(),
                        (_, state) -> state == Asking.AGAIN ? Asking.ONCE : null)
                != null);
    }

    private void claim(LeasedBudget lease) {
        if (!standing.joined()) {
            join();
        }
        Standing now = standing;
        int before = lease.told();
        int wanted = lease.tell();
        ShareRepository.Claimed claimed =
                repository.claim(
                        now.id(),
                        lease.connection(),
                        wanted,
                        lease.held(),
                        others -> allowance(lease, others));
        if (!standing.id().equals(now.id())) {
            return;
        }
        lease.reach(reach(lease, claimed.others()));
        int needed = lease.grant(claimed.allowed(), claimed.recorded());
        boolean gives = needed < claimed.recorded();
        if (gives) {
            repository.giveBack(now.id(), lease.connection(), needed);
            lease.recorded(needed);
        }
        Claims others = claimed.others();
        boolean asks = wanted > before && others.isShort(lease.budget(), wanted, claimed.allowed());
        if (asks || (gives && others.isAnyoneShort(lease.budget(), wanted))) {
            tell(now, lease.connection());
        }
    }

    private int allowance(LeasedBudget lease, Claims others) {
        int budget = lease.budget();
        return standing.bounded(others.allowance(budget, lease.told(), lease.desired()), budget);
    }

    private int reach(LeasedBudget lease, Claims others) {
        int budget = lease.budget();
        return standing.bounded(others.reach(budget), budget);
    }
}
