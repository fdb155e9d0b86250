package dev.drawbridge.gateway.target;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// Which hosts a connection may point to. Every address that a name resolves to is judged, when the
/// connection is registered and again for each session that is opened, because a name may resolve
/// to something else by then; the session goes to the address that was judged.
@Singleton
public final class NetworkPolicy {
    /// Loopback and private use: RFC 1122, 1918, 6598, 4193.
    private static final List<Cidr> PRIVATE =
            networks(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "::1/128",
                    "fc00::/7");

    /// Never a database of anyone: this network, link-local (cloud metadata lives there), protocol
    /// assignments, documentation, benchmarking, multicast, reserved (IANA special-purpose
    /// registries), and the IPv6 forms that carry an IPv4 address inside (6to4, Teredo, NAT64,
    /// IPv4-compatible), which would pass the rest unseen.
    private static final List<Cidr> NEVER =
            networks(
                    "0.0.0.0/8",
                    "169.254.0.0/16",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/32",
                    "2001:db8::/32",
                    "2002::/16",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8");

    private final boolean allowPrivate;
    private final boolean allowUnprotected;
    private final List<Cidr> allowed;

    @Inject
    NetworkPolicy(TargetConfig config) {
        this(
                config.allowPrivateNetworks(),
                config.allowUnprotected(),
                config.allowedNetworks().orElse(List.of()));
    }

    NetworkPolicy(boolean allowPrivate, List<Cidr> allowed) {
        this(allowPrivate, false, allowed);
    }

    private NetworkPolicy(boolean allowPrivate, boolean allowUnprotected, List<Cidr> allowed) {
        this.allowPrivate = allowPrivate;
        this.allowUnprotected = allowUnprotected;
        this.allowed = allowed;
    }

    /// The same for a session with a database, which goes to a public address only under TLS.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as the other; `VALIDATION_ERROR` too where
    ///   the session would be in clear
    public InetAddress resolve(String host, TlsMode tls) {
        InetAddress address = resolve(host);
        if (!mayGo(address, tls)) {
            throw new Problem.Invalid(
                            "tlsMode", "must not be disable: the host is on a public network")
                    .exception();
        }
        return address;
    }

    boolean mayGo(InetAddress address, TlsMode tls) {
        return tls != TlsMode.DISABLE
                || allowUnprotected
                || Stream.concat(allowed.stream(), PRIVATE.stream())
                        .anyMatch(network -> network.contains(address));
    }

    /// Resolves a host and judges every address. Blocks while the name is looked up.
    ///
    /// @return an address to connect to, which carries the host's name
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the name does not
    ///   resolve or any of its addresses may not be reached
    public InetAddress resolve(String host) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new Problem.Invalid("host", "does not resolve").exception(unknown);
        }
        for (InetAddress address : addresses) {
            if (!permits(address)) {
                throw new Problem.Invalid(
                                "host", "points to a network that connections may not reach")
                        .exception();
            }
        }
        return addresses[0];
    }

    boolean permits(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        // ::1 lies in ::/96 as well, so loopback is judged first.
        if (PRIVATE.stream().anyMatch(network -> network.contains(address))) {
            return allowPrivate;
        }
        return NEVER.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }
}
