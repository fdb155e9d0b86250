package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.Budget;
import dev.drawbridge.gateway.pool.PoolConfig;
import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.pool.PoolStates;
import dev.drawbridge.gateway.pool.WaitingLine.Place;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.problem.Problem;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// All sessions of one connection, over its databases, logins and classes: who gets one, when
/// another is opened, and which is ended so that another can be. One lock for all of it, held for
/// microseconds; what calls others runs after it.
final class ConnectionSessions {
    private static final String GIVEN_UP = "The endpoint is given up";

    /// Of the time that a call may wait: it has to be told in time that it waited in vain.
    private static final double IN_TIME = 0.9;

    private final Budget budget;
    private final Monitor monitor = new Monitor();
    private final List<SessionPool> pools = new ArrayList<>();
    private final Room room;
    private final SessionSupply supply;
    private int users;

    ConnectionSessions(Vertx vertx, Budget budget, PoolConfig config) {
        this.budget = budget;
        this.room = new Room(budget, pools);
        this.supply = new SessionSupply(vertx, budget, config, room, monitor);
        budget.onChange(this::adjust);
    }

    /// Somebody has pools here, until [#leave].
    void use() {
        monitor.run(() -> users++);
    }

    void leave() {
        monitor.run(() -> users--);
    }

    /// Whether anybody has pools here, or sessions are left of those who had.
    boolean isUsed() {
        return monitor.get(() -> users > 0 || !pools.isEmpty());
    }

    void add(SessionPool pool) {
        monitor.run(() -> pools.add(pool));
    }

    /// Keeps nothing of these idle any more. Who waits is served.
    void retire(List<SessionPool> old) {
        monitor.run(() -> {
            for (SessionPool pool : old) {
                pool.retired = true;
                while (!pool.idle.isEmpty()) {
                    supply.end(pool, pool.idle.removeLast().session(), null);
                }
            }
        });
    }

    /// Whether a pool has no sessions and nobody waits for one.
    boolean isUnused(SessionPool pool) {
        return monitor.get(() -> pool.coming() == 0 && pool.line.size() == 0);
    }

    Future<Lease> lease(SessionPool pool, Asker asker, EventLoop loop, CancelSignal signal) {
        return monitor.get(() -> {
            if (!pool.idle.isEmpty() && pool.line.take(asker)) {
                Session session = Objects.requireNonNull(pool.unused(loop));
                pool.waits.add(0);
                return Future.succeededFuture(new Lease(pool, session, asker));
            }
            return waiting(pool, asker, loop, signal);
        });
    }

    private Future<Lease> waiting(
            SessionPool pool, Asker asker, EventLoop loop, CancelSignal signal) {
        long now = System.nanoTime();
        long wait = pool.wait(asker, room.most(pool));
        long patience = (long) (pool.policy.queueWait().toNanos() * IN_TIME);
        var waiter = new Waiter(asker, loop, Promise.promise(), now, now + patience);
        Place<Waiter> place = wait > patience ? null : pool.line.join(asker, waiter);
        if (place == null) {
            pool.refused++;
            return Future.failedFuture(SessionSupply.overloaded(wait));
        }
        supply.grow(pool);
        supply.watch(pool);
        monitor.later(() -> signal.onCancel(() -> goAway(pool, place, signal)));
        return waiter.promise().future();
    }

    void back(SessionPool pool, Lease lease, boolean reusable) {
        monitor.run(() -> {
            long now = System.nanoTime();
            pool.landed++;
            pool.learn(now - lease.began());
            pool.line.giveBack(lease.asker());
            Session session = lease.session();
            SessionPool heir = reusable ? room.heir(pool, now) : null;
            if (!reusable || heir != null || !session.isAlive() || session.isOld(now)) {
                supply.end(pool, session, heir);
                supply.serve(pool, now);
                supply.grow(pool);
            } else {
                supply.put(pool, session, now);
            }
        });
    }

    private void goAway(SessionPool pool, Place<Waiter> place, CancelSignal signal) {
        monitor.run(() -> {
            if (pool.line.leave(place)) {
                var gone = new Problem.QueryCancelled(String.valueOf(signal.reason()));
                monitor.later(() -> place.who().promise().fail(gone.exception()));
            }
        });
    }

    /// There may be more sessions than before, or fewer.
    private void adjust() {
        monitor.run(() -> {
            for (SessionPool pool : pools) {
                while (room.isOver() && !pool.idle.isEmpty()) {
                    supply.end(pool, pool.idle.removeLast().session(), null);
                }
            }
            supply.growOthers();
        });
    }

    /// Ends sessions that nobody has used for long, or that are old, and forgets pools that were
    /// retired.
    void sweep() {
        monitor.run(() -> {
            long now = System.nanoTime();
            for (SessionPool pool : pools) {
                long patience = pool.policy.idleTimeout().toNanos();
                SessionPool.Idle last = pool.idle.peekLast();
                while (last != null
                        && (now - last.since() > patience || last.session().isOld(now))) {
                    supply.end(pool, pool.idle.removeLast().session(), null);
                    last = pool.idle.peekLast();
                }
                if (pool.isOver()) {
                    monitor.later(pool.opener::close);
                }
            }
            pools.removeIf(SessionPool::isOver);
            budget.wants(room.wanted(), room.desired());
        });
    }

    /// How far the sessions at one endpoint are.
    ///
    /// @param busy whether any of them, or one that is being opened, owes an answer
    /// @param landed calls that have ended
    record Progress(boolean busy, long landed) {}

    Progress progress(EndpointState at) {
        return monitor.get(() -> {
            boolean busy = false;
            long landed = 0;
            for (SessionPool pool : pools) {
                if (pool.at == at) {
                    busy |= pool.inUse() + pool.opening > 0;
                    landed += pool.landed;
                }
            }
            return new Progress(busy, landed);
        });
    }

    /// Serves nobody at an endpoint any more that is given up: who waits for it is told, what is
    /// idle there is ended, since nobody knows what is left of it.
    ///
    /// @param silent whether it says nothing: then what runs there is not waited for either
    void giveUp(EndpointState at, boolean silent) {
        monitor.run(() -> {
            for (SessionPool pool : pools) {
                if (pool.at != at) {
                    continue;
                }
                pool.line.clear(waiter ->
                        monitor.later(() -> waiter.promise().fail(new ConnectException(GIVEN_UP))));
                while (!pool.idle.isEmpty()) {
                    supply.end(pool, pool.idle.removeLast().session(), null);
                }
                if (silent) {
                    pool.sessions.forEach(session -> monitor.later(session::giveUp));
                }
            }
        });
    }

    /// What there is now.
    PoolStates states() {
        return monitor.get(() -> {
            List<PoolState> each = pools.stream().map(SessionPool::state).toList();
            return new PoolStates(room.budget(), room.occupied(), each);
        });
    }
}
