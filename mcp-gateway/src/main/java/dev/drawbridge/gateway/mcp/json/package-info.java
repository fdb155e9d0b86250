/// Answers as MCP writes them, which is the same in all its revisions.
@NullMarked
package dev.drawbridge.gateway.mcp.json;

import org.jspecify.annotations.NullMarked;
