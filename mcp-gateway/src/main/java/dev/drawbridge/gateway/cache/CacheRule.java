package dev.drawbridge.gateway.cache;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Whether results of a connection are kept without each call asking for it.
///
/// @param ttlSeconds how old one may be
public record CacheRule(boolean enabled, int ttlSeconds) {
    public static final CacheRule NONE = new CacheRule(false, 300);

    /// How old the oldest may be.
    public static final int MOST_SECONDS = 86_400;

    /// Reads what an administrator wrote.
    ///
    /// @param enabled null for whether there is a time
    /// @param ttlSeconds null for five minutes
    @JsonCreator
    public static CacheRule of(
            @JsonProperty("enabled") @Nullable Boolean enabled,
            @JsonProperty("ttlSeconds") @Nullable Integer ttlSeconds) {
        int seconds = ttlSeconds == null ? NONE.ttlSeconds() : ttlSeconds;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new Problem.Invalid("cache.ttlSeconds", "must be 1 to 86400").exception();
        }
        return new CacheRule(enabled == null ? ttlSeconds != null : enabled, seconds);
    }

    /// What a call gets that asks for nothing else.
    public Freshness freshness() {
        return enabled ? new Freshness(Duration.ofSeconds(ttlSeconds), false) : Freshness.AS_READ;
    }
}
