/// Rows that were read lately, for whoever asks the very same again.
@NullMarked
package dev.drawbridge.gateway.cache;

import org.jspecify.annotations.NullMarked;
