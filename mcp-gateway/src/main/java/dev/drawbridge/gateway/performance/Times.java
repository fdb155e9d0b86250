package dev.drawbridge.gateway.performance;

import java.util.SortedMap;

/// How calls that are alike performed. Times are those in the database, without the wait for a
/// session.
///
/// @param count calls, those included that were refused on the way
/// @param served how many of them a session served: of these the times are
/// @param p95Ms less than a fifteenth off
/// @param slow how many took longer than they should
/// @param truncated how many answers were cut at the byte budget
/// @param errorsByCode of these the sum is `errors`
public record Times(
        long count,
        long served,
        double meanMs,
        double p95Ms,
        double maxMs,
        long slow,
        long truncated,
        long errors,
        SortedMap<String, Long> errorsByCode) {}
