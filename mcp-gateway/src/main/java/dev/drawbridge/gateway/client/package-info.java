/// What a tool, a resource or a prompt may ask of and tell the client that it answers, whatever
/// revision of MCP that client speaks. Knows no protocol.
@NullMarked
package dev.drawbridge.gateway.client;

import org.jspecify.annotations.NullMarked;
