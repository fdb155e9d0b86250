/// Whether this replica can serve.
@NullMarked
package dev.drawbridge.auth.health;

import org.jspecify.annotations.NullMarked;
