package dev.drawbridge.gateway.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;

/// Who has written lately, so that they read no replica that does not have it yet. What is older
/// than the longest lag that any read may meet needs no memory.
public final class LatestWrites {
    private final LongSupplier nanos;
    private final Cache<Writer, Long> kept;
    private volatile @Nullable Long lost;
    private final long maxLag;

    /// @param most writers to remember; when there are more, everybody is taken for one for a while
    /// @param nanos a clock that never goes back
    public LatestWrites(RouteConfig config, long most, LongSupplier nanos) {
        this.nanos = nanos;
        this.maxLag = config.maxLag().toNanos();
        this.kept =
                Caffeine.newBuilder()
                        .maximumSize(most)
                        .expireAfterWrite(config.maxLag())
                        .executor(Runnable::run)
                        .ticker(nanos::getAsLong)
                        .evictionListener(
                                (@Nullable Writer _, @Nullable Long at, RemovalCause why) ->
                                        evicted(at, why))
                        .build();
    }

    /// Somebody on a connection.
    public record Writer(UUID connection, String tenant, UUID user) {}

    /// Notes that a write has ended now, one whose outcome is not known as well.
    public void wrote(Writer writer) {
        kept.put(writer, nanos.getAsLong());
    }

    /// When somebody's last write ended, if that was lately.
    public OptionalLong of(Writer writer) {
        Long at = kept.getIfPresent(writer);
        if (at != null) {
            return OptionalLong.of(at);
        }
        Long before = lost;
        return before == null || nanos.getAsLong() - before > maxLag
                ? OptionalLong.empty()
                : OptionalLong.of(before);
    }

    private void evicted(@Nullable Long at, RemovalCause why) {
        if (why == RemovalCause.SIZE && at != null) {
            lost = nanos.getAsLong();
        }
    }
}
