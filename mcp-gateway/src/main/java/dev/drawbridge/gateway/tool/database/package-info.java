/// Tools that look at tables and their rows, and change them.
@NullMarked
package dev.drawbridge.gateway.tool.database;

import org.jspecify.annotations.NullMarked;
