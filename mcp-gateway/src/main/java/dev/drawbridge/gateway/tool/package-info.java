/// What agents can do: one file a tool, free of any protocol. [dev.drawbridge.gateway.tool.Tools]
/// is the one way in: who may, are the arguments right, then the tool, then the record of it.
@NullMarked
package dev.drawbridge.gateway.tool;

import org.jspecify.annotations.NullMarked;
