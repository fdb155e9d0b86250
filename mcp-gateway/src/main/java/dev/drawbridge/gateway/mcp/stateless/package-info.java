/// Carries tools, resources and prompts over MCP 2026-07-28, which has no sessions: a request holds
/// all that is known of its client. Ours until the extension speaks that revision.
@NullMarked
package dev.drawbridge.gateway.mcp.stateless;

import org.jspecify.annotations.NullMarked;
