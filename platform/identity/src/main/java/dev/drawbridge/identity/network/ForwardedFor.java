package dev.drawbridge.identity.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads `X-Forwarded-For`: each proxy appends the address that it was reached from, so the right
/// end is the newest. Whatever a client sent itself stands at the left and is not believed.
final class ForwardedFor {
    // Some proxies append the port: 203.0.113.9:4711, [2001:db8::1]:4711.
    private static final Pattern IPV4_PORT = Pattern.compile("([\\d.]+):\\d{1,5}");
    private static final Pattern BRACKETS = Pattern.compile("\\[(.+)](:\\d{1,5})?");

    private ForwardedFor() {}

    /// The rightmost address that is not a trusted proxy's; the leftmost if all are. An entry that
    /// is no address ends the walk at whom it was told by.
    ///
    /// @param peer where the connection comes from
    /// @param headers all fields of the name, in the order they were sent
    static InetAddress client(
            InetAddress peer, List<String> headers, Predicate<InetAddress> trusted) {
        String[] hops = String.join(",", headers).split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && trusted.test(client); i--) {
            Optional<InetAddress> told = address(hops[i].strip());
            if (told.isEmpty()) {
                return client;
            }
            client = told.get();
        }
        return client;
    }

    private static Optional<InetAddress> address(String hop) {
        var brackets = BRACKETS.matcher(hop);
        if (brackets.matches()) {
            return Cidr.address(brackets.group(1));
        }
        var port = IPV4_PORT.matcher(hop);
        return Cidr.address(port.matches() ? port.group(1) : hop);
    }
}
