/// The gateway as an OAuth 2.1 protected resource, as MCP's authorization asks for (revision
/// 2025-11-25): what it says of itself, and how it refuses.
@NullMarked
package dev.drawbridge.gateway.oauth;

import org.jspecify.annotations.NullMarked;
