/// Passwords: what may be one, and the hashing that must not starve the rest.
@NullMarked
package dev.drawbridge.auth.password;

import org.jspecify.annotations.NullMarked;
