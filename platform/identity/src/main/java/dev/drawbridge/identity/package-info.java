/// Who calls and what they may do: the caller, the one authorization function, and the way from a
/// credential to a caller. Shared from the first use, because a copied filter is a future hole.
@NullMarked
package dev.drawbridge.identity;

import org.jspecify.annotations.NullMarked;
