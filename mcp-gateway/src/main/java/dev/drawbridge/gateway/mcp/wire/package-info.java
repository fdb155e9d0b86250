/// Answers, notifications and questions as MCP writes them, which is the same in all its revisions.
@NullMarked
package dev.drawbridge.gateway.mcp.wire;

import org.jspecify.annotations.NullMarked;
