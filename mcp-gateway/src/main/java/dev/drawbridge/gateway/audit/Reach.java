package dev.drawbridge.gateway.audit;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// How far a call came: which database it was on, and as whom that saw it. Noted on the way, read
/// when the call is recorded.
public final class Reach {
    /// No name of PostgreSQL's is longer (NAMEDATALEN), whatever a caller sends.
    private static final int LONGEST_NAME = 63;

    private volatile Place place = new Place(null, null, null);

    /// @param rls a JSON object, as `RowContext` describes itself
    record Place(@Nullable UUID connection, @Nullable String database, @Nullable String rls) {}

    /// Notes what is known by now.
    public void note(UUID connection, String database, @Nullable String rls) {
        String name =
                database.length() > LONGEST_NAME ? database.substring(0, LONGEST_NAME) : database;
        place = new Place(connection, name, rls);
    }

    Place place() {
        return place;
    }
}
