package dev.drawbridge.gateway.limit;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Bucket4j on a [BucketStore].
final class SwappedBuckets extends AbstractCompareAndSwapBasedProxyManager<Limit> {
    /// For clocks that differ.
    private static final Duration ALLOWANCE = Duration.ofMinutes(1);

    private final BucketStore store;

    SwappedBuckets(BucketStore store, TimeMeter clock) {
        super(ClientSideConfig.getDefault().withClientClock(clock));
        this.store = store;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(Limit limit) {
        return new CompareAndSwapOperation() {
            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeout) {
                return store.find(limit.tenant(), limit.id());
            }

            @Override
            public boolean compareAndSwap(
                    byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeout) {
                long full = state.calculateFullRefillingTime(currentTimeNanos());
                Duration keep = Duration.ofNanos(full).plus(ALLOWANCE);
                return store.swap(
                        limit.tenant(), limit.id(), Optional.ofNullable(before), after, keep);
            }
        };
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(Limit limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected CompletableFuture<Void> removeAsync(Limit limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeProxy(Limit limit) {
        throw new UnsupportedOperationException();
    }
}
