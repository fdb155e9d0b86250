package dev.drawbridge.gateway.target.route;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.target.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// How an endpoint is, as far as this gateway knows.
///
/// @param role what it was when it was last asked, or else as declared
/// @param up whether it is expected to serve
/// @param roundTripMs how long the way there and back is; null before it was measured
/// @param lagMs up to how far it is behind the primary; null for the primary, and where that is not
///   known
/// @param reason why it is given up; null while it is not
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndpointHealth(
        String host,
        int port,
        Endpoint.Role role,
        @Nullable String region,
        boolean up,
        @Nullable Double roundTripMs,
        @Nullable Double lagMs,
        @Nullable String reason) {
    private static final double NANOS_PER_MS = 1e6;

    static EndpointHealth of(EndpointState one, @Nullable Duration lag) {
        return new EndpointHealth(
                one.endpoint().host(),
                one.endpoint().port(),
                one.role(),
                one.endpoint().region(),
                one.isUp(),
                ms(one.roundTrip()),
                ms(lag),
                one.isUp() ? null : one.reason());
    }

    private static @Nullable Double ms(@Nullable Duration time) {
        return time == null ? null : time.toNanos() / NANOS_PER_MS;
    }
}
