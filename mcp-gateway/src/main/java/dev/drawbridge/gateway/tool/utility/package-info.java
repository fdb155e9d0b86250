/// Tools that need no database.
@NullMarked
package dev.drawbridge.gateway.tool.utility;

import org.jspecify.annotations.NullMarked;
