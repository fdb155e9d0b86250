package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Budget;
import dev.drawbridge.gateway.pool.PoolConfig;
import dev.drawbridge.gateway.pool.WaitingLine.Place;
import dev.drawbridge.problem.Problem;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// When another session of a connection is opened, who gets it, and when one is ended. Everything
/// but what it hears of sessions by itself is under the lock of [ConnectionSessions].
final class SessionSupply {
    /// Of a session's life, how much of it may be cut so that not all end at once.
    private static final double SPREAD = 0.2;

    /// The server may be busy with a session that was lost for so long.
    private static final long LINGER_MS = 500;

    /// The least that is worth to be told to wait.
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(50);

    private final Vertx vertx;
    private final Budget budget;
    private final PoolConfig config;
    private final Room room;
    private final Monitor monitor;

    SessionSupply(Vertx vertx, Budget budget, PoolConfig config, Room room, Monitor monitor) {
        this.vertx = vertx;
        this.budget = budget;
        this.config = config;
        this.room = room;
        this.monitor = monitor;
    }

    /// Gives a session to who is next, or keeps it. Whoever cannot be served in time any more is
    /// told so.
    void put(SessionPool pool, Session session, long now) {
        if (room.isOver()) {
            end(pool, session, null);
            grow(pool);
            return;
        }
        Place<Waiter> next = pool.line.next();
        while (next != null && next.who().deadline() <= now) {
            pool.line.giveBack(next.who().asker());
            refuse(pool, next.who());
            next = pool.line.next();
        }
        if (next != null) {
            Waiter waiter = next.who();
            pool.waits.add(now - waiter.since());
            var lease = new Lease(pool, session, waiter.asker());
            monitor.later(() -> waiter.promise().complete(lease));
        } else if (pool.retired) {
            end(pool, session, null);
        } else {
            pool.idle.addFirst(new SessionPool.Idle(session, now));
            growOthers();
        }
    }

    /// Gives idle sessions to those who may have another again: their own was not fit for use.
    void serve(SessionPool pool, long now) {
        while (pool.line.ready() > 0 && !pool.idle.isEmpty()) {
            put(pool, pool.idle.removeFirst().session(), now);
        }
    }

    /// Opens another session where one is lacking and may be had.
    void grow(SessionPool pool) {
        if (!isWorthAnother(pool)) {
            return;
        }
        if (room.isFor(pool) && room.occupy()) {
            pool.opening++;
            Place<Waiter> oldest = pool.line.oldest();
            EventLoop loop = Objects.requireNonNull(oldest).who().loop();
            monitor.later(() -> open(pool, loop));
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

    void growOthers() {
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
        monitor.run(() -> {
            long now = System.nanoTime();
            session.endsAt(now + (long) (config.maxLifetime().toNanos() * part));
            pool.opening--;
            pool.open++;
            pool.opened++;
            pool.sessions.add(session);
            monitor.later(() -> session.closed().onComplete(_ -> gone(pool, session)));
            put(pool, session, now);
            grow(pool);
        });
    }

    /// Who waits is told, unless there are sessions to wait for.
    private void failed(SessionPool pool, Throwable cause) {
        monitor.run(() -> {
            pool.opening--;
            pool.failed++;
            monitor.later(() -> pool.routing.landed(pool.at, cause));
            room.notOccupied();
            if (pool.coming() == 0) {
                pool.line.clear(waiter -> monitor.later(() -> waiter.promise().fail(cause)));
            }
            growOthers();
        });
    }

    /// Ends a session that is not idle any more. Its place is free once the server has hung up.
    void end(SessionPool pool, Session session, @Nullable SessionPool heir) {
        pool.open--;
        room.ends();
        session.left(heir);
        if (heir != null) {
            heir.expected++;
        }
        if (session.isAlive()) {
            monitor.later(session::end);
        } else if (session.isGone()) {
            monitor.later(() -> vertx.setTimer(LINGER_MS, _ -> monitor.run(() -> vacate(session))));
        }
    }

    /// The connection of a session is closed.
    private void gone(SessionPool pool, Session session) {
        monitor.run(() -> {
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
    void watch(SessionPool pool) {
        Place<Waiter> oldest = pool.line.oldest();
        if (oldest == null) {
            return;
        }
        long now = System.nanoTime();
        long left = oldest.who().deadline() - now;
        long nanos = Math.min(left, untilMore(pool, now - oldest.who().since()));
        if (!pool.looks || now + nanos - pool.looksAt < 0) {
            pool.looks = true;
            pool.looksAt = now + nanos;
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
            long at = pool.looksAt;
            monitor.later(() -> vertx.setTimer(millis, _ -> look(pool, at)));
        }
    }

    /// When it may get another session by looking, in nanoseconds.
    private long untilMore(SessionPool pool, long waited) {
        if (!pool.lacks()) {
            return Long.MAX_VALUE;
        }
        if (room.isFor(pool)) {
            return config.growAfter().toNanos();
        }
        return pool.coming() == 0 && waited < pool.patience()
                ? pool.patience() - waited
                : Long.MAX_VALUE;
    }

    private void look(SessionPool pool, long at) {
        monitor.run(() -> {
            pool.looks &= pool.looksAt != at;
            long now = System.nanoTime();
            Place<Waiter> oldest = pool.line.oldest();
            while (oldest != null && oldest.who().deadline() <= now) {
                pool.line.leave(oldest);
                refuse(pool, oldest.who());
                oldest = pool.line.oldest();
            }
            grow(pool);
            watch(pool);
        });
    }

    private void refuse(SessionPool pool, Waiter waiter) {
        pool.refused++;
        long wait = pool.wait(waiter.asker(), room.most(pool));
        monitor.later(() -> waiter.promise().fail(overloaded(wait)));
    }

    static Throwable overloaded(long nanos) {
        Duration wait = Duration.ofNanos(nanos);
        return new Problem.Overloaded(wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait)
                .exception();
    }
}
