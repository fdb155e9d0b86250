/// Asking someone in by a link.
@NullMarked
package dev.drawbridge.auth.invitation;

import org.jspecify.annotations.NullMarked;
