/// Reads configurations of MCP Toolbox for Databases as definitions of own tools.
@NullMarked
package dev.drawbridge.local.toolbox;

import org.jspecify.annotations.NullMarked;
