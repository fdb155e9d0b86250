/// Carries tools, resources and prompts over MCP 2024-11-05 to 2025-11-25, by the Quarkus MCP
/// Server extension. All that is particular to the protocol stays here.
@NullMarked
package dev.drawbridge.gateway.mcp;

import org.jspecify.annotations.NullMarked;
