/// Signing in with a password, signing out, and who one is.
@NullMarked
package dev.drawbridge.auth.login;

import org.jspecify.annotations.NullMarked;
