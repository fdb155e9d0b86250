package dev.drawbridge.gateway.limit;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Shows callers their own limits.
@Path("/api/v1/limits")
@Authenticated
final class LimitResource {
    private final Limits limits;
    private final Costs costs;
    private final Connections connections;
    private final CurrentCaller current;

    LimitResource(Limits limits, Costs costs, Connections connections, CurrentCaller current) {
        this.limits = limits;
        this.costs = costs;
        this.connections = connections;
        this.current = current;
    }

    /// One limit, and what is left of it.
    ///
    /// @param of the connection that is limited; null where it is the caller
    /// @param left units that are there now, at least
    /// @param resetsInMs how long it takes until all are there again, if nobody spends any
    public record LimitState(
            String limit,
            @Nullable String of,
            long amount,
            long withinMs,
            long used,
            long left,
            long resetsInMs) {}

    /// All of them.
    public record LimitPage(List<LimitState> items) {}

    /// The caller's own limits, and those of the connections that it sees.
    @GET
    @RunOnVirtualThread
    @Operation(summary = "The limits that you are held to, and what is left of them")
    public LimitPage list(@Context RoutingContext context) {
        Caller caller = current.get();
        Stream<LimitState> own =
                limits.of(caller, CurrentCaller.clientOf(context), null).stream()
                        .map(limit -> state(limit, null));
        Stream<LimitState> shared = connections.visible(caller).stream().flatMap(this::costs);
        return new LimitPage(Stream.concat(own, shared).toList());
    }

    private Stream<LimitState> costs(Connection connection) {
        return costs.of(connection.tenant(), connection.id()).stream()
                .map(limit -> state(limit, "connection:" + connection.id()));
    }

    private LimitState state(Limit limit, @Nullable String of) {
        Use use = limits.use(limit);
        return new LimitState(
                limit.kind().name().toLowerCase(Locale.ROOT),
                of,
                limit.amount(),
                limit.window().toMillis(),
                limit.amount() - use.left(),
                use.left(),
                use.untilFull().toMillis());
    }
}
