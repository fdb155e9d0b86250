package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.Budget;
import dev.drawbridge.gateway.pool.PoolConfig;
import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.pool.PoolStates;
import dev.drawbridge.gateway.pool.WaitingLine.Place;
import dev.drawbridge.gateway.route.EndpointState;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.problem.Problem;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// All sessions of one connection, over its databases, logins and classes: who gets one, when
/// another is opened, and which is ended so that another can be. One lock for all of it, held for
/// microseconds; what calls others runs after it.
final class ConnectionSessions {
    /// Of a session's life, how much of it may be cut so that not all end at once.
    private static final double SPREAD = 0.2;

    /// The server may be busy with a session that was lost for so long.
    private static final long LINGER_MS = 500;

    private static final String GIVEN_UP = "The endpoint is given up";

    /// The least that is worth to be told to wait.
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(50);

    private final VertxInternal vertx;
    private final Budget budget;
    private final PoolConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SessionPool> pools = new ArrayList<>();
    private final Room room;
    private int users;
    private List<Runnable> afterwards = new ArrayList<>();

    ConnectionSessions(Vertx vertx, Budget budget, PoolConfig config) {
        this.vertx = (VertxInternal) vertx;
        this.budget = budget;
        this.config = config;
        this.room = new Room(budget, pools);
        budget.onChange(this::adjust);
    }

    /// Somebody has pools here, until [#leave].
    void use() {
        locked(() -> users++);
    }

    void leave() {
        locked(() -> users--);
    }

    /// Whether anybody has pools here, or sessions are left of those who had.
    boolean isUsed() {
        lock.lock();
        try {
            return users > 0 || !pools.isEmpty();
        } finally {
            unlock();
        }
    }

    void add(SessionPool pool) {
        locked(() -> pools.add(pool));
    }

    /// Keeps nothing of these idle any more. Who waits is served.
    void retire(List<SessionPool> old) {
        locked(() -> {
            for (SessionPool pool : old) {
                pool.retired = true;
                while (!pool.idle.isEmpty()) {
                    end(pool, pool.idle.removeLast().session(), null);
                }
            }
        });
    }

    /// Whether a pool has no sessions and nobody waits for one.
    boolean isUnused(SessionPool pool) {
        lock.lock();
        try {
            return pool.coming() == 0 && pool.line.size() == 0;
        } finally {
            unlock();
        }
    }

    Future<Lease> lease(SessionPool pool, Asker asker, EventLoop loop, CancelSignal signal) {
        Place<Waiter> place;
        lock.lock();
        try {
            if (!pool.idle.isEmpty() && pool.line.take(asker)) {
                Session session = Objects.requireNonNull(pool.unused(loop));
                pool.waits.add(0);
                return Future.succeededFuture(new Lease(pool, session, asker));
            }
            long now = System.nanoTime();
            long wait = pool.wait(asker, room.most(pool));
            long patience = pool.policy.queueWait().toNanos();
            var waiter = new Waiter(asker, loop, Promise.promise(), now, now + patience);
            place = wait > patience ? null : pool.line.join(asker, waiter);
            if (place == null) {
                pool.refused++;
                return Future.failedFuture(overloaded(wait));
            }
            grow(pool);
            watch(pool);
        } finally {
            unlock();
        }
        signal.onCancel(() -> leave(pool, place, signal));
        return place.who().promise().future();
    }

    void back(SessionPool pool, Lease lease, boolean reusable) {
        locked(() -> {
            long now = System.nanoTime();
            pool.landed++;
            pool.learn(now - lease.began());
            pool.line.giveBack(lease.asker());
            Session session = lease.session();
            SessionPool heir = reusable ? room.heir(pool) : null;
            if (!reusable || heir != null || !session.isAlive() || session.isOld(now)) {
                end(pool, session, heir);
                grow(pool);
            } else {
                put(pool, session, now);
            }
        });
    }

    private void leave(SessionPool pool, Place<Waiter> place, CancelSignal signal) {
        locked(() -> {
            if (pool.line.leave(place)) {
                var gone = new Problem.QueryCancelled(String.valueOf(signal.reason()));
                afterwards.add(() -> place.who().promise().fail(gone.exception()));
            }
        });
    }

    /// Gives a session to who is next, or keeps it.
    private void put(SessionPool pool, Session session, long now) {
        if (room.isOver()) {
            end(pool, session, null);
            return;
        }
        Place<Waiter> next = pool.line.next();
        if (next != null) {
            Waiter waiter = next.who();
            pool.waits.add(now - waiter.since());
            var lease = new Lease(pool, session, waiter.asker());
            afterwards.add(() -> waiter.promise().complete(lease));
        } else if (pool.retired) {
            end(pool, session, null);
        } else {
            pool.idle.addFirst(new SessionPool.Idle(session, now));
        }
    }

    /// Opens another session where one is lacking and may be had.
    private void grow(SessionPool pool) {
        if (!isWorthAnother(pool)) {
            return;
        }
        if (room.isFor(pool) && room.occupy()) {
            pool.opening++;
            Place<Waiter> oldest = pool.line.oldest();
            EventLoop loop = Objects.requireNonNull(oldest).who().loop();
            afterwards.add(() -> open(pool, loop));
        } else {
            SessionPool rich = room.victim(pool, System.nanoTime());
            if (rich != null) {
                makeRoom(rich, pool);
            } else {
                room.lacks(pool);
            }
        }
        budget.wants(room.wanted(), room.desired());
    }

    private void makeRoom(SessionPool rich, SessionPool poor) {
        Session unused = rich.idle.removeLast().session();
        end(rich, unused, /* heir= */ poor);
    }

    private boolean isWorthAnother(SessionPool pool) {
        if (!pool.lacks()) {
            return false;
        }
        Place<Waiter> oldest = pool.line.oldest();
        long patience = config.growAfter().toNanos();
        return pool.coming() == 0
                || pool.waitNow() > patience
                || (oldest != null && System.nanoTime() - oldest.who().since() >= patience);
    }

    private void growOthers() {
        room.lacking().forEach(this::grow);
    }

    private void open(SessionPool pool, EventLoop loop) {
        pool.at
                .breaker()
                .attempt(() -> pool.opener.open(loop))
                .onSuccess(session -> opened(pool, session))
                .onFailure(cause -> failed(pool, cause));
    }

    private void opened(SessionPool pool, Session session) {
        double part = 1 - SPREAD * ThreadLocalRandom.current().nextDouble();
        locked(() -> {
            long now = System.nanoTime();
            session.endsAt(now + (long) (config.maxLifetime().toNanos() * part));
            pool.opening--;
            pool.open++;
            pool.opened++;
            pool.sessions.add(session);
            afterwards.add(() -> session.closed().onComplete(_ -> gone(pool, session)));
            put(pool, session, now);
            grow(pool);
        });
    }

    /// Who waits is told, unless there are sessions to wait for.
    private void failed(SessionPool pool, Throwable cause) {
        locked(() -> {
            pool.opening--;
            pool.failed++;
            afterwards.add(() -> pool.routing.landed(pool.at, cause));
            room.notOccupied();
            if (pool.coming() == 0) {
                pool.line.clear(waiter -> afterwards.add(() -> waiter.promise().fail(cause)));
            }
            growOthers();
        });
    }

    /// Ends a session that is not idle any more. Its place is free once the server has hung up.
    private void end(SessionPool pool, Session session, @Nullable SessionPool heir) {
        pool.open--;
        room.ends();
        session.left(heir);
        if (heir != null) {
            heir.expected++;
        }
        if (session.isAlive()) {
            afterwards.add(session::end);
        } else if (session.isGone()) {
            afterwards.add(() -> vertx.setTimer(LINGER_MS, _ -> locked(() -> vacate(session))));
        }
    }

    /// The connection of a session is closed.
    private void gone(SessionPool pool, Session session) {
        locked(() -> {
            session.hasGone();
            pool.sessions.remove(session);
            if (session.hasLeft()) {
                vacate(session);
            } else if (pool.idle.removeIf(idle -> idle.session() == session)) {
                pool.open--;
                room.ends();
                vacate(session);
            }
        });
    }

    private void vacate(Session session) {
        room.vacate();
        SessionPool heir = session.heir();
        if (heir != null) {
            heir.expected--;
            grow(heir);
        }
        growOthers();
    }

    /// Looks again when the one who waits for longest must be refused, or is worth another session,
    /// unless it will look before that.
    private void watch(SessionPool pool) {
        Place<Waiter> oldest = pool.line.oldest();
        if (oldest == null) {
            return;
        }
        long now = System.nanoTime();
        long left = oldest.who().deadline() - now;
        boolean mayGrow = pool.lacks() && room.isFor(pool);
        long nanos = mayGrow ? Math.min(left, config.growAfter().toNanos()) : left;
        if (!pool.looks || now + nanos - pool.looksAt < 0) {
            pool.looks = true;
            pool.looksAt = now + nanos;
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
            long at = pool.looksAt;
            afterwards.add(() -> vertx.setTimer(millis, _ -> look(pool, at)));
        }
    }

    private void look(SessionPool pool, long at) {
        locked(() -> {
            pool.looks &= pool.looksAt != at;
            long now = System.nanoTime();
            Place<Waiter> oldest = pool.line.oldest();
            while (oldest != null && oldest.who().deadline() <= now) {
                Waiter waiter = oldest.who();
                pool.line.leave(oldest);
                pool.refused++;
                long wait = pool.wait(waiter.asker(), room.most(pool));
                afterwards.add(() -> waiter.promise().fail(overloaded(wait)));
                oldest = pool.line.oldest();
            }
            grow(pool);
            watch(pool);
        });
    }

    /// There may be more sessions than before, or fewer.
    private void adjust() {
        locked(() -> {
            for (SessionPool pool : pools) {
                while (room.isOver() && !pool.idle.isEmpty()) {
                    end(pool, pool.idle.removeLast().session(), null);
                }
            }
            growOthers();
        });
    }

    /// Ends sessions that nobody has used for long, or that are old, and forgets pools that were
    /// retired.
    void sweep() {
        locked(() -> {
            long now = System.nanoTime();
            for (SessionPool pool : pools) {
                long patience = pool.policy.idleTimeout().toNanos();
                SessionPool.Idle last = pool.idle.peekLast();
                while (last != null
                        && (now - last.since() > patience || last.session().isOld(now))) {
                    end(pool, pool.idle.removeLast().session(), null);
                    last = pool.idle.peekLast();
                }
                if (pool.isOver()) {
                    afterwards.add(pool.opener::close);
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
        lock.lock();
        try {
            boolean busy = false;
            long landed = 0;
            for (SessionPool pool : pools) {
                if (pool.at == at) {
                    busy |= pool.inUse() + pool.opening > 0;
                    landed += pool.landed;
                }
            }
            return new Progress(busy, landed);
        } finally {
            unlock();
        }
    }

    /// Serves nobody at an endpoint any more that is given up: who waits for it is told, what is
    /// idle there is ended, since nobody knows what is left of it.
    ///
    /// @param silent whether it says nothing: then what runs there is not waited for either
    void giveUp(EndpointState at, boolean silent) {
        locked(() -> {
            for (SessionPool pool : pools) {
                if (pool.at != at) {
                    continue;
                }
                pool.line.clear(waiter ->
                        afterwards.add(
                                () -> waiter.promise().fail(new ConnectException(GIVEN_UP))));
                while (!pool.idle.isEmpty()) {
                    end(pool, pool.idle.removeLast().session(), null);
                }
                if (silent) {
                    pool.sessions.forEach(session -> afterwards.add(session::giveUp));
                }
            }
        });
    }

    /// What there is now.
    PoolStates states() {
        lock.lock();
        try {
            List<PoolState> each = pools.stream().map(SessionPool::state).toList();
            return new PoolStates(room.budget(), room.occupied(), each);
        } finally {
            unlock();
        }
    }

    private static Throwable overloaded(long nanos) {
        Duration wait = Duration.ofNanos(nanos);
        return new Problem.Overloaded(wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait)
                .exception();
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            unlock();
        }
    }

    /// Unlocks, and runs what came up meanwhile.
    private void unlock() {
        List<Runnable> due = afterwards;
        if (due.isEmpty()) {
            lock.unlock(); // And from here on it is not ours to look at.
            return;
        }
        afterwards = new ArrayList<>();
        lock.unlock();
        due.forEach(Runnable::run);
    }
}
