package dev.drawbridge.gateway.resource;

import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// How many resources are being watched, by each caller and by all.
@Singleton
final class WatchRoom {
    private final int perCaller;
    private final int most;
    private final Map<UUID, Integer> byCaller = new HashMap<>();
    private int all;

    WatchRoom(ResourceConfig config) {
        this.perCaller = config.watchesPerCaller();
        this.most = config.watches();
    }

    /// Takes a place.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUOTA_EXCEEDED`
    synchronized void take(UUID caller) {
        if (byCaller.getOrDefault(caller, 0) >= perCaller) {
            throw new Problem.QuotaExceeded(
                            "of %d resources that one caller may watch".formatted(perCaller))
                    .exception();
        }
        if (all >= most) {
            throw new Problem.QuotaExceeded(
                            "of %d resources that may be watched in all".formatted(most))
                    .exception();
        }
        byCaller.merge(caller, 1, Integer::sum);
        all++;
    }

    /// Gives it back.
    synchronized void leave(UUID caller) {
        byCaller.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
