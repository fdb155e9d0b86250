package dev.drawbridge.sql;

import io.quarkus.arc.All;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that this service stores under a data key.
@Singleton
final class StoredSecrets {
    private final List<Resealable> kinds;

    @Inject
    StoredSecrets(@All List<Resealable> kinds) {
        this.kinds = kinds;
    }

    /// How many there are: by key, and of that by kind.
    SortedMap<String, SortedMap<String, Long>> count() {
        SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
        for (Resealable kind : kinds) {
            kind.countByKey()
                    .forEach((key, count) ->
                            counts.computeIfAbsent(key, _ -> new TreeMap<>())
                                    .put(kind.kind(), count));
        }
        return counts;
    }

    /// Seals some of each kind anew, as [Resealable#reseal].
    ///
    /// @param most of each kind
    int reseal(int most) {
        return kinds.stream().mapToInt(kind -> kind.reseal(most)).sum();
    }
}
