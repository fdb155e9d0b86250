package dev.drawbridge.gateway.pool;

import java.util.List;

/// What the pools of a connection are doing at this gateway.
///
/// @param budget sessions that it may have open on the connection if its callers want them
/// @param sessions that are open, being opened or being ended
public record PoolStates(int budget, int sessions, List<PoolState> pools) {
    public static final PoolStates NONE = new PoolStates(0, 0, List.of());

    public PoolStates {
        pools = List.copyOf(pools);
    }
}
