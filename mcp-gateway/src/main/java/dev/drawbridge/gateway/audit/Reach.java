package dev.drawbridge.gateway.audit;

import dev.drawbridge.audit.Entry;
import dev.drawbridge.gateway.target.CallTrace;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How far a call came: which database it was on, as whom that saw it, and what else is to be told
/// of it. Noted on the way, read when the call is recorded.
public final class Reach {
    /// No name of PostgreSQL's is longer (NAMEDATALEN), whatever a caller sends.
    private static final int LONGEST_NAME = 63;

    private final @Nullable String address;
    private final boolean inside;
    private @Nullable String trace;
    private @Nullable CallTrace served;
    private final JsonObject details = new JsonObject();
    private volatile Place place = new Place(null, null, null);

    /// @param address the numeric one that the call comes from; null where that is not known
    public Reach(@Nullable String address) {
        this(address, null);
    }

    /// @param trace the W3C trace id of the request, where it is not at hand any more when the call
    ///   is recorded; else null
    public Reach(@Nullable String address, @Nullable String trace) {
        this(address, trace, false);
    }

    private Reach(@Nullable String address, @Nullable String trace, boolean inside) {
        this.address = address;
        this.trace = trace;
        this.inside = inside;
    }

    /// What the gateway asks by itself, for somebody who may ask it too.
    public static Reach ofGateway() {
        return new Reach(null, null, true);
    }

    /// Whether the call comes from one of these networks; of none it comes from anywhere.
    public boolean isFrom(List<Cidr> networks) {
        if (networks.isEmpty() || inside) {
            return true;
        }
        Optional<InetAddress> from = address == null ? Optional.empty() : Cidr.address(address);
        return from.isPresent()
                && networks.stream().anyMatch(network -> network.contains(from.get()));
    }

    /// Where a call came to.
    ///
    /// @param rls a JSON object, as `RowContext` describes itself
    public record Place(
            @Nullable UUID connection, @Nullable String database, @Nullable String rls) {}

    /// Notes what is known by now.
    public void note(UUID connection, String database, @Nullable String rls) {
        String name =
                database.length() > LONGEST_NAME ? database.substring(0, LONGEST_NAME) : database;
        place = new Place(connection, name, rls);
    }

    /// Notes something else that is to be on record, with it or behind it, and no secret.
    public void note(String detail, Object value) {
        synchronized (details) {
            details.put(detail, value);
        }
    }

    /// A JSON object; null when there is nothing to tell.
    @Nullable String details() {
        synchronized (details) {
            return details.isEmpty() ? null : details.encode();
        }
    }

    UUID trace() {
        return Entry.trace(traceId());
    }

    /// The W3C trace id of the call.
    public synchronized String traceId() {
        if (trace == null) {
            trace = ProblemDetails.currentTraceId();
        }
        return trace;
    }

    /// What the servers that the call comes to know of it, and tell of their work.
    public synchronized CallTrace served() {
        if (served == null) {
            served = new CallTrace(traceId());
        }
        return served;
    }

    /// Where the call came to, as far as it did.
    public Place place() {
        return place;
    }
}
