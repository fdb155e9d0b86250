/// The second factor of a login: codes of an authenticator (TOTP, RFC 6238) and recovery codes.
@NullMarked
package dev.drawbridge.auth.secondfactor;

import org.jspecify.annotations.NullMarked;
