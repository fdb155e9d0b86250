package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which texts a session has prepared. A text gets a name when it comes for the second time: most
/// of what an agent asks is asked once, and would only fill the server's memory.
final class PreparedStatements {
    private static final int MOST = 256;

    /// Seen once.
    private static final Prepared SEEN = new Prepared(Prepared.UNNAMED);

    private final boolean keeps;
    private final Map<String, Prepared> known = new LinkedHashMap<>(16, 0.75f, true);
    private final List<String> evicted = new ArrayList<>();
    private int names;

    /// @param keeps whether the next transaction comes to the same server session
    PreparedStatements(boolean keeps) {
        this.keeps = keeps;
    }

    /// The statement of a text, if it is prepared.
    @Nullable Prepared find(String sql) {
        Prepared prepared = known.get(sql);
        return prepared == SEEN ? null : prepared;
    }

    /// What to prepare a text as. It counts as prepared once [#add] says so.
    Prepared draft(String sql) {
        if (keeps && known.get(sql) == SEEN) {
            return new Prepared("drawbridge" + names++);
        }
        if (keeps) {
            put(sql, SEEN);
        }
        return new Prepared(Prepared.UNNAMED);
    }

    /// The server has prepared it.
    void add(String sql, Prepared prepared) {
        if (!prepared.name().equals(Prepared.UNNAMED)) {
            put(sql, prepared);
        }
    }

    /// The server no longer takes it; it has to be closed.
    void forget(String sql) {
        Prepared prepared = known.remove(sql);
        if (prepared != null && prepared != SEEN) {
            evicted.add(prepared.name());
        }
    }

    /// Names to close with the next flight, handed out once.
    List<String> takeEvicted() {
        if (evicted.isEmpty()) {
            return List.of();
        }
        List<String> names = List.copyOf(evicted);
        evicted.clear();
        return names;
    }

    private void put(String sql, Prepared prepared) {
        known.put(sql, prepared);
        if (known.size() > MOST) {
            forget(known.keySet().iterator().next());
        }
    }
}
