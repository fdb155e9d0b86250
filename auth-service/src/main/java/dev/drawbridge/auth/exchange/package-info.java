/// Token exchange (RFC 8693): any credential in, a short-lived access token out.
@NullMarked
package dev.drawbridge.auth.exchange;

import org.jspecify.annotations.NullMarked;
