package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.network.ClientAddress;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers which sessions and tokens were used, and writes that down later, so that using one
/// costs no write. A crash loses some seconds of it.
@Singleton
final class LastUse {
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final CredentialRepository repository;
    private final Map<UUID, Use> used = new ConcurrentHashMap<>();

    LastUse(CredentialRepository repository) {
        this.repository = repository;
    }

    /// @param address where it was used from; null when that is not known
    record Use(StoredCredential shown, @Nullable String address) {}

    void note(StoredCredential shown, @Nullable ClientAddress from) {
        Instant before = shown.lastUsedAt();
        if (before == null || before.isBefore(Instant.now().minus(PRECISION))) {
            used.putIfAbsent(
                    shown.credential().id(), new Use(shown, from == null ? null : from.text()));
        }
    }

    @Scheduled(every = "5s", delayed = "5s")
    @RunOnVirtualThread
    void write() {
        List<Use> uses = List.copyOf(used.values());
        if (uses.isEmpty()) {
            return;
        }
        repository.touch(uses);
        uses.forEach(use -> used.remove(use.shown().credential().id()));
    }
}
