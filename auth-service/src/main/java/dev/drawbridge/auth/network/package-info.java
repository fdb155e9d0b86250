/// Networks in CIDR notation (RFC 4632, RFC 4291).
@NullMarked
package dev.drawbridge.auth.network;

import org.jspecify.annotations.NullMarked;
