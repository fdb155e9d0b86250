package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.CredentialType;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers which tokens were used and writes that down later, so that using a token costs no
/// write. A crash loses some seconds of it.
@Singleton
final class LastUse {
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final CredentialRepository repository;
    private final Map<UUID, StoredCredential> used = new ConcurrentHashMap<>();

    LastUse(CredentialRepository repository) {
        this.repository = repository;
    }

    void note(StoredCredential shown) {
        Instant before = shown.lastUsedAt();
        if (shown.credential().type() == CredentialType.API_TOKEN
                && (before == null || before.isBefore(Instant.now().minus(PRECISION)))) {
            used.putIfAbsent(shown.credential().id(), shown);
        }
    }

    @Scheduled(every = "5s", delayed = "5s")
    @RunOnVirtualThread
    void write() {
        List<StoredCredential> tokens = List.copyOf(used.values());
        if (tokens.isEmpty()) {
            return;
        }
        repository.touch(tokens);
        tokens.forEach(token -> used.remove(token.credential().id()));
    }
}
