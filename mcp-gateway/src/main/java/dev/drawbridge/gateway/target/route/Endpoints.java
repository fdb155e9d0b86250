package dev.drawbridge.gateway.target.route;

import dev.drawbridge.gateway.target.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The endpoints of one connection, and which of them serves whom.
///
/// Writes go to the primary. Reads go to the endpoints that are declared as replicas, as long as
/// they are no further behind than the bound and have what the caller wrote; else to the primary.
/// When no primary is up, they go to whatever standby is within the bound of what the primary said
/// last.
public final class Endpoints {
    private final List<EndpointState> all;
    private final @Nullable String region;
    private final long maxLag;
    private final LongSupplier nanos;
    private final Marks marks = new Marks();
    private final AtomicInteger turn = new AtomicInteger();
    private @Nullable EndpointState marked;

    /// @param all in the order in which they are declared, one at least
    /// @param nanos a clock that never goes back
    Endpoints(List<EndpointState> all, RouteConfig config, LongSupplier nanos) {
        this.all = List.copyOf(all);
        this.region = config.region().orElse(null);
        this.maxLag = config.maxLag().toNanos();
        this.nanos = nanos;
    }

    /// Endpoints of which nothing is known yet.
    ///
    /// @param isOutage which failures say that nobody is there
    /// @param turned hears which one is given up, and which no longer is
    public static Endpoints of(
            List<Endpoint> declared,
            RouteConfig config,
            Predicate<Throwable> isOutage,
            Consumer<EndpointState> turned) {
        List<EndpointState> all =
                declared.stream()
                        .map(one -> new EndpointState(one, config, isOutage, turned))
                        .toList();
        return new Endpoints(all, config, System::nanoTime);
    }

    /// All of them, in the order in which they are declared.
    public List<EndpointState> all() {
        return all;
    }

    /// Whether there is only one, which then serves everybody.
    public boolean isSingle() {
        return all.size() == 1;
    }

    /// The one that serves a call. It may be down, when no other will do.
    ///
    /// @return null when none will do: there is no primary
    public @Nullable EndpointState choose(Wish wish) {
        if (isSingle()) {
            return all.getFirst();
        }
        EndpointState primary = primary();
        if (wish.writes()) {
            return primary;
        }
        boolean led = primary != null && primary.isUp();
        OptionalLong now = led ? OptionalLong.of(nanos.getAsLong()) : marks.newest();
        List<EndpointState> fit =
                now.isEmpty()
                        ? List.of()
                        : all.stream()
                                .filter(one -> isFit(one, wish, now.getAsLong(), led))
                                .toList();
        if (fit.isEmpty()) {
            return primary;
        }
        return wish.nearest() ? nearest(fit, led ? primary : null) : next(fit);
    }

    /// The first that is up; else the first.
    private @Nullable EndpointState primary() {
        EndpointState down = null;
        for (EndpointState one : all) {
            if (one.role() == Endpoint.Role.PRIMARY) {
                if (one.isUp()) {
                    return one;
                }
                down = down == null ? one : down;
            }
        }
        return down;
    }

    private boolean isFit(EndpointState one, Wish wish, long now, boolean led) {
        boolean mayServe = !led || one.endpoint().role() == Endpoint.Role.REPLICA;
        OptionalLong upTo = one.caughtUpTo();
        return mayServe
                && one.isUp()
                && one.isSeen(Endpoint.Role.REPLICA)
                && upTo.isPresent()
                && now - upTo.getAsLong() <= maxLag
                && (wish.wroteAt().isEmpty() || upTo.getAsLong() - wish.wroteAt().getAsLong() >= 0);
    }

    private static EndpointState nearest(List<EndpointState> fit, @Nullable EndpointState primary) {
        EndpointState nearest = primary == null ? fit.getFirst() : primary;
        for (EndpointState one : fit) {
            if (one.roundTripNanos() < nearest.roundTripNanos()) {
                nearest = one;
            }
        }
        return nearest;
    }

    private EndpointState next(List<EndpointState> fit) {
        List<EndpointState> here =
                fit.stream()
                        .filter(one -> region != null && region.equals(one.endpoint().region()))
                        .toList();
        List<EndpointState> best = here.isEmpty() ? fit : here;
        return best.get(Math.floorMod(turn.getAndIncrement(), best.size()));
    }

    /// Notes that an endpoint said it is the primary, and where its log was.
    ///
    /// @param asked when the question was sent, by the clock
    public synchronized void primaryIs(EndpointState one, long asked, long place) {
        if (marked != one) {
            marks.clear();
            marked = one;
        }
        marks.add(asked, place);
        one.seenAs(Endpoint.Role.PRIMARY, OptionalLong.empty());
    }

    /// Notes that an endpoint said it is a standby, and up to where it has replayed the log.
    public void standbyIs(EndpointState one, long place) {
        one.seenAs(Endpoint.Role.REPLICA, marks.caughtUpTo(place));
    }

    /// How all of them are.
    public List<EndpointHealth> health() {
        return all.stream().map(one -> EndpointHealth.of(one, lag(one))).toList();
    }

    /// How far an endpoint is behind, at most; null for one of which that is not known, and for the
    /// primary.
    @Nullable Duration lag(EndpointState one) {
        OptionalLong upTo = one.caughtUpTo();
        return upTo.isEmpty() ? null : Duration.ofNanos(nanos.getAsLong() - upTo.getAsLong());
    }
}
