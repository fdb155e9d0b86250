package dev.drawbridge.identity.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Where a request comes from: the client's own address, as far as the proxies that are trusted
/// tell it ([ClientAddresses]).
public record ClientAddress(InetAddress value) {
    // A customer gets a whole /64 (RFC 6177); counting single addresses of it counts nothing.
    private static final int IPV6_CUSTOMER_BYTES = 8;

    /// Reads a numeric address; empty for anything else.
    public static Optional<ClientAddress> parse(String text) {
        return Cidr.address(text).map(ClientAddress::new);
    }

    /// The number, without a name or a zone: [Cidr#address] takes neither.
    public String text() {
        return value.getHostAddress();
    }

    /// What is counted as one client: an IPv4 address, or the /64 that an IPv6 address is in.
    public String bucket() {
        return value instanceof Inet4Address
                ? text()
                : HexFormat.of().formatHex(Arrays.copyOf(value.getAddress(), IPV6_CUSTOMER_BYTES))
                        + "::/64";
    }
}
