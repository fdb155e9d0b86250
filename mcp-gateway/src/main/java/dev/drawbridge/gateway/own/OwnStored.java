package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.target.Described;

import java.time.OffsetDateTime;

/// A definition as the datastore keeps it.
///
/// @param described what its database said of its statement
/// @param version counts the changes; the entity tag
/// @param changedBy the name of who made this version
public record OwnStored<D>(
        String tenant,
        D definition,
        Described described,
        long version,
        String changedBy,
        OffsetDateTime changedAt) {}
