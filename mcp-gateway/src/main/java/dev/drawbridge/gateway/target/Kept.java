package dev.drawbridge.gateway.target;

import java.time.Duration;

/// What became of rows that might have been kept from before.
///
/// @param hit whether they were
/// @param age how long ago they were read
/// @param stale whether that is longer than it should be
public record Kept(boolean hit, Duration age, boolean stale) {}
