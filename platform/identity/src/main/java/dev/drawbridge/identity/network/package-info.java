/// Where requests come from: networks in CIDR notation (RFC 4632, RFC 4291), and the one place that
/// believes a proxy about an address.
@NullMarked
package dev.drawbridge.identity.network;

import org.jspecify.annotations.NullMarked;
