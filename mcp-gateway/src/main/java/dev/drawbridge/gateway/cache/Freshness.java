package dev.drawbridge.gateway.cache;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// How old rows may be that answer a call.
///
/// @param most null where nothing is kept for this call or taken from what is kept
/// @param strict whether the caller said so itself: then nothing older will do, whatever is the
///   matter
public record Freshness(@Nullable Duration most, boolean strict) {
    /// Read now, and not kept.
    public static final Freshness AS_READ = new Freshness(null, false);

    /// What a call says itself; a call that says 0 is read anew, and kept for others.
    public static Freshness within(int seconds) {
        return new Freshness(Duration.ofSeconds(seconds), true);
    }

    /// Whether the cache has anything to do with the call.
    public boolean isWished() {
        return most != null;
    }
}
