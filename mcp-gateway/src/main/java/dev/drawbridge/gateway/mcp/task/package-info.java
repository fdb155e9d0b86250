/// Calls that last longer than a client wants to wait on one connection: kept in the datastore, so
/// that any replica tells how they stand (MCP's extension `io.modelcontextprotocol/tasks`).
@NullMarked
package dev.drawbridge.gateway.mcp.task;

import org.jspecify.annotations.NullMarked;
