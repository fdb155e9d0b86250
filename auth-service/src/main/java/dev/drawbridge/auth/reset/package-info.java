/// A new password for who lost theirs.
@NullMarked
package dev.drawbridge.auth.reset;

import org.jspecify.annotations.NullMarked;
