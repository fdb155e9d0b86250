/// The sessions of MCP up to 2025-11-25: begun at one replica, known to all.
@NullMarked
package dev.drawbridge.gateway.mcp.session;

import org.jspecify.annotations.NullMarked;
