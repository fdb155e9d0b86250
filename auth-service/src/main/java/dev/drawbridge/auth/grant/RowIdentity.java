package dev.drawbridge.auth.grant;

import java.util.Map;
import java.util.Optional;

/// The attributes of a user, by which row-level policies tell which rows they see. They have no
/// order that we know, so one has as much as another who has the same value of each; what is
/// missing gives nothing.
record RowIdentity(Map<String, Object> attributes) {

    /// The name of an attribute of the other's that this one lacks, or has with another value;
    /// empty when this one has as much.
    Optional<String> lacking(RowIdentity other) {
        return other.attributes.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(attributes.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
