package dev.drawbridge.gateway.target.route;

import dev.drawbridge.gateway.target.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What is known of one endpoint. Calls read it, the watch writes it.
public final class EndpointState {
    /// Of each new round trip an eighth, as TCP smooths its own (RFC 6298).
    private static final int SMOOTHING = 8;

    private final Endpoint endpoint;
    private final Breaker breaker;
    private volatile Endpoint.@Nullable Role seen;
    private volatile long roundTrip = Long.MAX_VALUE;
    private volatile OptionalLong caughtUpTo = OptionalLong.empty();
    private volatile @Nullable String reason;

    /// @param isOutage which failures say that nobody is there
    /// @param turned hears that it is given up, and that it no longer is
    public EndpointState(
            Endpoint endpoint,
            RouteConfig config,
            Predicate<Throwable> isOutage,
            Consumer<EndpointState> turned) {
        this.endpoint = endpoint;
        this.breaker =
                new Breaker(endpoint.toString(), config, isOutage, () -> turned.accept(this));
    }

    /// Which one it is.
    public Endpoint endpoint() {
        return endpoint;
    }

    /// What attempts at it go through.
    public Breaker breaker() {
        return breaker;
    }

    /// Whether it may be expected to serve.
    public boolean isUp() {
        return breaker.isClosed();
    }

    /// What it was when it was last asked, or else what somebody declared.
    public Endpoint.Role role() {
        Endpoint.Role known = seen;
        return known == null ? endpoint.role() : known;
    }

    /// How long a message takes there and back; null before the first one was measured.
    public @Nullable Duration roundTrip() {
        long nanos = roundTrip;
        return nanos == Long.MAX_VALUE ? null : Duration.ofNanos(nanos);
    }

    long roundTripNanos() {
        return roundTrip;
    }

    /// Notes how long a message took.
    public void measured(Duration time) {
        long before = roundTrip;
        long now = time.toNanos();
        roundTrip = before == Long.MAX_VALUE ? now : before + (now - before) / SMOOTHING;
    }

    /// Notes why an attempt at it failed, for whoever looks after it.
    public void failed(String why) {
        reason = why;
    }

    /// Why the last attempt that failed did; null if none has.
    public @Nullable String reason() {
        return reason;
    }

    boolean isSeen(Endpoint.Role role) {
        return role == seen;
    }

    void seenAs(Endpoint.Role role, OptionalLong upTo) {
        seen = role;
        caughtUpTo = upTo;
    }

    /// As a replica: the time, by `System.nanoTime`, up to which it has everything that was
    /// committed; empty when that is not known.
    OptionalLong caughtUpTo() {
        return caughtUpTo;
    }
}
