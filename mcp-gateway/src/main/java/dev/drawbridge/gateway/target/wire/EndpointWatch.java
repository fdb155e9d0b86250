package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.gateway.target.route.Endpoints;
import dev.drawbridge.gateway.target.route.RouteConfig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Finds out how the endpoints of one connection are, for as long as it is used.
///
/// Whose answers arrive is not asked whether it lives. One that owes all of them, or lost a
/// session, or let none be opened, is: a few times in a row, and is given up if it answers none.
/// From then on it is asked again and again until it does. Of several endpoints each also says what
/// it is, and how far its log is.
final class EndpointWatch {
    private static final Logger LOG = Logger.getLogger(EndpointWatch.class);

    /// A connection that nobody has used for so long is not looked at.
    private static final Duration USED = Duration.ofSeconds(30);

    /// Of the looks, how many pass before the way is measured again.
    private static final int MEASURED_EACH = 10;

    /// Of the ticks, how many pass at most before one whose answers are still owed is asked again.
    private static final int MOST_PATIENT = 16;

    private static final RowContext NOBODY =
            new RowContext(
                    "select pg_catalog.pg_advisory_unlock_all()", List.of(), "{}", Asker.GATEWAY);

    private static final String PLACE =
            """
            select pg_catalog.pg_is_in_recovery(),
                   (case when pg_catalog.pg_is_in_recovery()
                         then pg_catalog.pg_last_wal_replay_lsn()
                         else pg_catalog.pg_current_wal_insert_lsn()
                    end - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8
            """;

    private final UUID connection;
    private final ConnectionSessions sessions;
    private final Endpoints endpoints;
    private final List<Watched> watched;
    private final int ticksPerLook;
    private final Set<TargetPool> pools = ConcurrentHashMap.newKeySet();
    private int ticks;

    /// @param openers of sessions at an endpoint
    EndpointWatch(
            Vertx vertx,
            RouteConfig config,
            Target target,
            ConnectionSessions sessions,
            Function<Endpoint, SessionOpener> openers) {
        this.connection = target.connection();
        this.sessions = sessions;
        this.endpoints =
                Endpoints.of(target.endpoints(), config, TargetFailures::isOutage, this::turned);
        this.watched =
                endpoints.all().stream()
                        .map(one ->
                                new EndpointProbe(
                                        vertx, config, one, openers.apply(one.endpoint())))
                        .map(Watched::new)
                        .toList();
        this.ticksPerLook = (int) Math.max(1, config.watchEvery().dividedBy(config.silence()));
    }

    /// An endpoint, and what was seen of it at the last tick.
    private static final class Watched {
        private final EndpointProbe probe;
        private boolean busy;
        private long landed;
        private int patience = 1;
        private int waited;
        private volatile boolean looking;

        Watched(EndpointProbe probe) {
            this.probe = probe;
        }

        EndpointState state() {
            return probe.state();
        }

        /// Whether it has owed all its answers for long enough to be asked. The longer it takes
        /// them, and answers that it lives, the less often.
        boolean isOwing(ConnectionSessions.Progress now) {
            boolean owes = busy && now.busy() && now.landed() == landed;
            busy = now.busy();
            landed = now.landed();
            if (!owes) {
                patience = 1;
                waited = 0;
                return false;
            }
            waited++;
            if (waited < patience) {
                return false;
            }
            waited = 0;
            patience = Math.min(MOST_PATIENT, 2 * patience);
            return true;
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    void add(TargetPool pool) {
        pools.add(pool);
    }

    /// Whether there are pools.
    boolean isUsed() {
        pools.removeIf(TargetPool::isClosed);
        return !pools.isEmpty();
    }

    /// Something speaks against an endpoint.
    void doubt(EndpointState one) {
        watched.stream()
                .filter(known -> known.state() == one)
                .forEach(known -> known.probe.doubt());
    }

    /// Asks all endpoints now, whoever uses them.
    Future<Void> askAll() {
        List<Future<Void>> asked =
                watched.stream().map(one -> one.probe.ask().otherwiseEmpty()).toList();
        return Future.all(asked).mapEmpty();
    }

    /// To be called once in each `gateway.route.silence`, never twice at the same time.
    void tick() {
        ticks++;
        boolean looks = ticks % ticksPerLook == 0;
        boolean measures = ticks % (ticksPerLook * MEASURED_EACH) == 0;
        TargetPool pool = looks ? lastUsed() : null;
        for (Watched one : watched) {
            if (!one.state().isUp()) {
                if (looks) {
                    one.probe.ask();
                }
                continue;
            }
            if (one.isOwing(sessions.progress(one.state()))) {
                one.probe.doubt();
            }
            if (pool != null && measures) {
                one.probe.ask();
            }
            if (pool != null && !endpoints.isSingle()) {
                look(one, pool);
            }
        }
    }

    private @Nullable TargetPool lastUsed() {
        return pools.stream()
                .filter(pool -> pool.unusedFor().compareTo(USED) < 0)
                .findFirst()
                .orElse(null);
    }

    private void look(Watched one, TargetPool pool) {
        if (one.looking) {
            return;
        }
        one.looking = true;
        long asked = System.nanoTime();
        pool.look(one.state(), NOBODY, Statement.own(PLACE))
                .onSuccess(rows ->
                        saw(one.state(), asked, rows.getFirst().get(0), rows.getFirst().get(1)))
                .onComplete(_ -> one.looking = false);
    }

    private void saw(
            EndpointState one, long asked, @Nullable Object isStandby, @Nullable Object where) {
        if (!(where instanceof Long place)) {
            return; // A standby that has replayed nothing yet.
        }
        if (Boolean.TRUE.equals(isStandby)) {
            endpoints.standbyIs(one, place);
        } else {
            endpoints.primaryIs(one, asked, place);
        }
    }

    private void turned(EndpointState one) {
        Endpoint where = one.endpoint();
        if (one.isUp()) {
            LOG.infof("connection=%s: %s:%d answers again", connection, where.host(), where.port());
            return;
        }
        LOG.warnf(
                "connection=%s: %s:%d is given up until it answers: %s",
                connection, where.host(), where.port(), one.reason());
        boolean silent =
                watched.stream().anyMatch(known -> known.state() == one && known.probe.isSilent());
        sessions.giveUp(one, silent);
    }

    void close() {
        watched.forEach(one -> one.probe.close());
    }
}
