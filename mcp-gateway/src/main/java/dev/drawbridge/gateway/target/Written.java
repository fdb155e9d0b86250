package dev.drawbridge.gateway.target;

/// What came of a statement that writes.
///
/// @param rows that it answered with, as many as were wanted
/// @param affected rows, by its own account
/// @param changed rows of any table, those included that WITH, triggers and foreign keys changed;
///   never fewer than `affected`
/// @param committed whether it stays; else all of it was undone
public record Written(EncodedRows rows, long affected, long changed, boolean committed) {}
