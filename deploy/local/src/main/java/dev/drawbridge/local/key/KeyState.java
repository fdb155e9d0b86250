package dev.drawbridge.local.key;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What a service says of its data keys, for all its replicas.
///
/// @param code of what is wrong; null when nothing is
/// @param detail the same as a sentence
record KeyState(
        List<Replica> replicas, List<Key> keys, @Nullable String code, @Nullable String detail) {

    /// @param knows ids of keys
    record Replica(String seals, List<String> knows) {}

    /// @param needed whether the key has to stay
    /// @param secrets what is stored under it, by kind
    record Key(String id, boolean needed, String why, Map<String, Long> secrets) {}

    /// Whether every replica opens what is sealed with the key.
    boolean isKnown(String key) {
        return !replicas.isEmpty()
                && replicas.stream().allMatch(replica -> replica.knows().contains(key));
    }

    /// Whether every replica seals with the key.
    boolean isSealing(String key) {
        return !replicas.isEmpty()
                && replicas.stream().allMatch(replica -> replica.seals().equals(key));
    }
}
