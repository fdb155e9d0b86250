package dev.drawbridge.gateway.target;

import java.time.Duration;

/// What became of rows that might have been kept from before.
///
/// @param hit whether they were
/// @param age how long ago they were read
/// @param stale whether that is longer than it should be
public record Kept(boolean hit, Duration age, boolean stale) {
    /// What an answer says of it beside its content, as a JSON object.
    public String meta() {
        return "{\"dev.drawbridge/cache\":{\"hit\":"
                + hit
                + ",\"ageSeconds\":"
                + age.toSeconds()
                + ",\"stale\":"
                + stale
                + "}}";
    }

    /// The same for a model to read; empty for what was read now.
    public String note() {
        if (!hit) {
            return "";
        }
        String ago = " As of " + age.toSeconds() + " s ago";
        return stale ? ago + ": the database cannot be reached." : ago + ".";
    }
}
