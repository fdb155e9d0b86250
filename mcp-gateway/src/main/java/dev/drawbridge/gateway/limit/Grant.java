package dev.drawbridge.gateway.limit;

/// What a bucket gave.
///
/// @param units none when it is empty
/// @param untilFull how long it takes until the bucket is full again, ns
/// @param left units that are in it now; negative in debt
/// @param untilOne how long it takes until it has a unit, ns; not positive when it has one
record Grant(long units, long untilFull, long left, long untilOne) {
    /// Nothing, from nowhere.
    static final Grant NONE = new Grant(0, 0, 0, 0);
}
