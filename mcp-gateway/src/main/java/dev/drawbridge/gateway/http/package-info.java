/// What every request passes before anything else looks at it: its Host and Origin, and whose MCP
/// session it names.
@NullMarked
package dev.drawbridge.gateway.http;

import org.jspecify.annotations.NullMarked;
