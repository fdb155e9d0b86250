/// Writes that have to be confirmed.
@NullMarked
package dev.drawbridge.gateway.write;

import org.jspecify.annotations.NullMarked;
