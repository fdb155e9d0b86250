package dev.drawbridge.gateway.target;

import dev.drawbridge.gateway.pool.Asker;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Who asks and how much they may use, as one prepared statement that sets it all for the
/// transaction only. Session-scoped settings would leak to the next caller under any pooler.
///
/// @param sql the same text for every caller of a connection, so that it is prepared once a session
/// @param values what differs between callers, in the order of `$1`, `$2` …
/// @param description for the audit, a JSON object: the mode, the role, the settings with their
///   values
/// @param asker for whom sessions are shared out
/// @param signed the last of the values, where it is a text that a key vouches for; else null
/// @param trace of the call; the first value carries it where that is [CallTrace#APPLICATION]
public record RowContext(
        String sql,
        List<String> values,
        String description,
        Asker asker,
        @Nullable String signed,
        CallTrace trace) {

    /// One that no key vouches for.
    public RowContext(String sql, List<String> values, String description, Asker asker) {
        this(sql, values, description, asker, null);
    }

    /// One of no call.
    public RowContext(
            String sql,
            List<String> values,
            String description,
            Asker asker,
            @Nullable String signed) {
        this(sql, values, description, asker, signed, CallTrace.NONE);
    }

    /// The same for one call.
    public RowContext of(CallTrace call) {
        return new RowContext(sql, values, description, asker, signed, call);
    }

    /// What to send for `$1`, `$2` …
    public List<@Nullable Object> parameters() {
        List<@Nullable Object> sent = new ArrayList<>(values);
        if (!sent.isEmpty() && CallTrace.APPLICATION.equals(sent.getFirst())) {
            sent.set(0, trace.application());
        }
        return sent;
    }

    /// The same with another text in the place of the signed one.
    public RowContext signedAs(String text) {
        List<String> others = new ArrayList<>(values);
        others.set(others.size() - 1, text);
        return new RowContext(sql, others, description, asker, text, trace);
    }

    /// Never what is signed, which is worth something while it is valid.
    @Override
    public String toString() {
        return "context " + description;
    }
}
