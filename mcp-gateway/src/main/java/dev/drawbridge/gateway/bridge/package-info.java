/// Tools for programs that do not speak MCP.
@NullMarked
package dev.drawbridge.gateway.bridge;

import org.jspecify.annotations.NullMarked;
