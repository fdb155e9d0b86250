package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.target.Described;

import java.time.OffsetDateTime;

/// An own tool as the datastore keeps it.
///
/// @param described what its database said of its statement
/// @param version counts the changes; the entity tag
/// @param changedBy the name of who made this version
record StoredTool(
        String tenant,
        OwnToolDefinition definition,
        Described described,
        long version,
        String changedBy,
        OffsetDateTime changedAt) {}
