package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.ClassPolicy;
import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.pool.WaitTimes;
import dev.drawbridge.gateway.pool.WaitingLine;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.identity.AgentClass;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/// The sessions of one login on one database for one class of agents, or for one token of it: those
/// that are idle, last used first, and those who wait. Everything but [#lease] and [#back] is for
/// [ConnectionSessions], under its lock.
final class SessionPool {
    /// Of the time that a session was held, how much the newest counts.
    private static final double NEWEST = 0.1;

    /// For how long a pool is held to need what it needed.
    private static final Duration MEMORY = Duration.ofSeconds(5);

    /// Of the time that a call may wait, the part that it leaves more important ones their idle
    /// sessions: most statements end within that.
    private static final int PATIENT_PART = 8;

    final AgentClass kind;
    final ClassPolicy policy;
    final SessionOpener opener;
    final EndpointState at;
    final Routing routing;
    final WaitingLine<Waiter> line;
    final ArrayDeque<Idle> idle = new ArrayDeque<>();
    final Set<Session> sessions = new HashSet<>();
    final WaitTimes waits = new WaitTimes();

    private final ConnectionSessions all;
    private final String login;
    private final String database;

    int open;
    int opening;

    /// Sessions of other pools that end so that this one can open its own.
    int expected;

    boolean retired;

    /// Whether and when, by `System.nanoTime`, it will be looked after next.
    boolean looks;

    long looksAt;
    long landed;
    long opened;
    long failed;
    long refused;

    private double held;
    private int peak;
    private int peakBefore;
    private long peakSince = System.nanoTime();

    SessionPool(
            ConnectionSessions all,
            AgentClass kind,
            ClassPolicy policy,
            SessionOpener opener,
            EndpointState at,
            Routing routing,
            String login,
            String database) {
        this.all = all;
        this.kind = kind;
        this.policy = policy;
        this.opener = opener;
        this.at = at;
        this.routing = routing;
        this.login = login;
        this.database = database;
        this.line = new WaitingLine<>(policy.queueLength(), policy.sessions());
    }

    /// A session that nobody uses.
    ///
    /// @param since when, by `System.nanoTime`
    record Idle(Session session, long since) {}

    /// A session, as soon as there is one.
    ///
    /// @param loop of the call; a session on the same one costs no change of threads
    /// @return fails with `OVERLOADED` when there is none in time, or will not be; with
    ///   `QUERY_CANCELLED`; or with what stands against opening one
    Future<Lease> lease(Asker asker, EventLoop loop, CancelSignal signal) {
        return all.lease(this, asker, loop, signal);
    }

    /// An idle session, if there is one: on that event loop if there is one.
    @Nullable Session unused(EventLoop loop) {
        for (var each = idle.iterator(); each.hasNext(); ) {
            Session session = each.next().session();
            if (session.isOn(loop)) {
                each.remove();
                return session;
            }
        }
        Idle any = idle.pollFirst();
        return any == null ? null : any.session();
    }

    /// A call has ended.
    void back(Lease lease, boolean reusable) {
        all.back(this, lease, reusable);
    }

    /// Whether it was retired and has done all that it had to.
    boolean isOver() {
        return retired && coming() == 0 && line.size() == 0;
    }

    int inUse() {
        return open - idle.size();
    }

    /// Sessions that there are or will be.
    int coming() {
        return open + opening + expected;
    }

    /// Whether anybody waits for whom no session is on its way.
    boolean lacks() {
        return line.ready() > opening + expected;
    }

    void learn(long nanos) {
        held = held == 0 ? nanos : held + (nanos - held) * NEWEST;
        peak = Math.max(peak, inUse());
    }

    /// How long a call would wait that came now, in nanoseconds.
    ///
    /// @param most sessions that the pool might have
    long wait(Asker asker, int most) {
        double sessions = Math.max(1, Math.max(open, most));
        double all = held * (line.size() + 1) / sessions;
        double own = held * (line.waiting(asker) + 1) / policy.sessions();
        return (long) Math.max(all, own);
    }

    /// How long those who could run will wait, in nanoseconds.
    double waitNow() {
        return held * line.ready() / Math.max(1, open);
    }

    /// Sessions beyond what was needed at the same time lately.
    int surplus(long now) {
        return open - kept(now);
    }

    /// Of the sessions that there are, those that were needed at the same time lately.
    int kept(long now) {
        if (now - peakSince > MEMORY.toNanos()) {
            peakBefore = peak;
            peak = inUse();
            peakSince = now;
        }
        return Math.min(open, Math.max(peak, peakBefore));
    }

    /// How long those who have no session at all leave others theirs, in nanoseconds.
    long patience() {
        return policy.queueWait().toNanos() / PATIENT_PART;
    }

    /// Whether somebody has waited for as long as that.
    boolean hasWaited(long now) {
        WaitingLine.Place<Waiter> oldest = line.oldest();
        return oldest != null && now - oldest.who().since() >= patience();
    }

    PoolState state() {
        return new PoolState(
                kind,
                login,
                database,
                open,
                opening,
                idle.size(),
                inUse(),
                line.size(),
                opened,
                failed,
                refused,
                waits.snapshot());
    }
}
