package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// What a call is known by at the servers that work for it, and how long they did. From several
/// event loops.
public final class CallTrace {
    /// What no call asks for.
    public static final CallTrace NONE = new CallTrace(null);

    /// What our sessions are called while no call has them.
    static final String APPLICATION = "drawbridge";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final @Nullable String id;
    private final AtomicLong workedNanos = new AtomicLong();
    private volatile boolean served;
    private volatile boolean cut;

    /// @param id a W3C trace id; what is none, and may hold anything, is told to nobody
    public CallTrace(@Nullable String id) {
        this.id = id != null && ID.matcher(id).matches() ? id : null;
    }

    /// What a session is called while it serves the call: `drawbridge {trace id}`.
    String application() {
        return id == null ? APPLICATION : APPLICATION + ' ' + id;
    }

    /// What stands behind a statement's text: on a line of its own, as that may end in a comment.
    public String comment() {
        return id == null ? "" : "\n/*trace_id='" + id + "'*/";
    }

    /// Notes that a session served the call for so long.
    public void worked(long nanos) {
        workedNanos.addAndGet(nanos);
        served = true;
    }

    /// Notes that an answer was cut at its byte budget.
    public void wasCut() {
        cut = true;
    }

    /// How long sessions served the call, all together.
    public long workedNanos() {
        return workedNanos.get();
    }

    /// Whether any session did.
    public boolean served() {
        return served;
    }

    public boolean cut() {
        return cut;
    }
}
