/// API tokens: made once, limited by scopes, networks and time, revoked.
@NullMarked
package dev.drawbridge.auth.token;

import org.jspecify.annotations.NullMarked;
