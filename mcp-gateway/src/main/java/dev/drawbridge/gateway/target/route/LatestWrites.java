package dev.drawbridge.gateway.target.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Who has written lately, so that they read no replica that does not have it yet. What is older
/// than the longest lag that any read may meet needs no memory.
@Singleton
public final class LatestWrites {
    private static final long MOST = 100_000;

    private final LongSupplier nanos;
    private final Cache<Writer, Long> kept;
    private final long maxLag;
    private volatile @Nullable Long lost;
    private volatile Consumer<Writer> told = _ -> {};

    /// One for each process.
    @Inject
    public LatestWrites(RouteConfig config) {
        this(config, MOST, System::nanoTime);
    }

    /// @param most writers to remember; when there are more, everybody is taken for one for a while
    /// @param nanos a clock that never goes back
    LatestWrites(RouteConfig config, long most, LongSupplier nanos) {
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
    public record Writer(UUID connection, UUID user) {}

    /// Notes that a write has ended now, one whose outcome is not known as well.
    public void wrote(Writer writer) {
        heard(writer);
        told.accept(writer);
    }

    /// Notes that somebody wrote elsewhere.
    void heard(Writer writer) {
        kept.put(writer, nanos.getAsLong());
    }

    /// Who is told of writes here.
    void onWrite(Consumer<Writer> listener) {
        told = listener;
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

    /// Takes everybody for one who has written now: some may have who are not known.
    public void missed() {
        lost = nanos.getAsLong();
    }

    private void evicted(@Nullable Long at, RemovalCause why) {
        if (why == RemovalCause.SIZE && at != null) {
            missed();
        }
    }
}
