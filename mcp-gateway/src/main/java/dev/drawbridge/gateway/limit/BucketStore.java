package dev.drawbridge.gateway.limit;

import java.time.Duration;
import java.util.Optional;

/// Where buckets are that all replicas share. Blocks.
interface BucketStore {
    /// The state of a bucket; empty when it is full and was never used.
    Optional<byte[]> find(String tenant, String id);

    /// Puts a state in the place of another one.
    ///
    /// @param before empty for none
    /// @param keep how long it has to be kept
    /// @return false when another one is there by now
    boolean swap(String tenant, String id, Optional<byte[]> before, byte[] after, Duration keep);
}
