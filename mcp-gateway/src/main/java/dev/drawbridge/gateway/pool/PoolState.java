package dev.drawbridge.gateway.pool;

import dev.drawbridge.identity.AgentClass;

/// What a pool is doing.
///
/// @param login of the database
/// @param open sessions that there are, idle or in use
/// @param waiting calls
/// @param opened sessions since the pool is there
/// @param failed attempts to open one
/// @param refused calls, at once or after they had waited
/// @param waits of those that got a session
public record PoolState(
        AgentClass agentClass,
        String login,
        String database,
        int open,
        int opening,
        int idle,
        int inUse,
        int waiting,
        long opened,
        long failed,
        long refused,
        WaitTimes.Summary waits) {}
