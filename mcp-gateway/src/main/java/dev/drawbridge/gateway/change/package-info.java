/// What is not as it was, told to whoever keeps clients up to date.
@NullMarked
package dev.drawbridge.gateway.change;

import org.jspecify.annotations.NullMarked;
