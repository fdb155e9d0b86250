package dev.drawbridge.sql;

import dev.drawbridge.sql.DataKeyRepository.Replica;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the data keys of a service are needed for, and so which of them may be taken out.
///
/// @param listed ids in the order of the file
/// @param running the replicas
/// @param sealedLately when keys last sealed that have within the last hour
/// @param stored how many secrets there are, by key and kind
record DataKeyNeeds(
        List<String> listed,
        List<Replica> running,
        Map<String, Instant> sealedLately,
        SortedMap<String, SortedMap<String, Long>> stored) {

    /// The ids of all keys: those that are listed, then those that stored secrets name besides.
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>(listed);
        ids.addAll(stored.keySet());
        return ids;
    }

    /// What is stored under a key, by kind.
    SortedMap<String, Long> secrets(String id) {
        return stored.getOrDefault(id, new TreeMap<>());
    }

    /// Why the key has to stay, for a person; empty when it may go.
    Optional<String> why(String id) {
        if (listed.getFirst().equals(id)
                || running.stream().anyMatch(replica -> replica.seals().equals(id))) {
            return Optional.of("It seals.");
        }
        String secrets =
                secrets(id).entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "));
        if (!secrets.isEmpty()) {
            return Optional.of("It opens what is stored: " + secrets + ".");
        }
        return Optional.ofNullable(sealedLately.get(id))
                .map(at ->
                        "It sealed until %s; page cursors of callers need it for an hour."
                                .formatted(at.truncatedTo(ChronoUnit.SECONDS)));
    }
}
