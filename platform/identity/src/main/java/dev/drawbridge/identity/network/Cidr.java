package dev.drawbridge.identity.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.problem.Problem;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network such as `10.0.0.0/8` or `2001:db8::/32`. Names are not resolved: an address is a
/// number here.
public final class Cidr {
    private static final int LONGEST_TEXT = 50;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final byte[] network;
    private final int prefix;
    private final String text;

    private Cidr(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    /// Reads `address/prefix`, or one address.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the text is none, or
    ///   sets bits behind its prefix
    @JsonCreator
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] network =
                address(host)
                        .map(InetAddress::getAddress)
                        .orElseThrow(() -> invalid("must be a network such as 10.0.0.0/8"));
        int bits = network.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        for (int bit = prefix; bit < bits; bit++) {
            if (isSet(network, bit)) {
                throw invalid("has bits set behind its prefix");
            }
        }
        return new Cidr(network, prefix, slash < 0 ? text + "/" + bits : text);
    }

    /// The address that a numeric text stands for; empty for anything else, names included.
    public static Optional<InetAddress> address(String text) {
        String number = withoutZone(text);
        // Java also takes 10.1 for 10.0.0.1, which few people mean.
        boolean plain = number.indexOf(':') >= 0 || IPV4.matcher(number).matches();
        if (number.length() > LONGEST_TEXT || !plain) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(number));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The zone of an IPv6 address (RFC 4007) says something on its own machine only.
    static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    public boolean contains(InetAddress address) {
        return covers(address.getAddress());
    }

    /// Whether the other network lies in this one.
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && covers(other.network);
    }

    /// What lies in both of two lists of networks.
    public static List<Cidr> common(List<Cidr> one, List<Cidr> other) {
        return one.stream()
                .flatMap(first ->
                        other.stream()
                                .filter(second -> first.contains(second) || second.contains(first))
                                .map(second -> first.contains(second) ? second : first))
                .toList();
    }

    private boolean covers(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (isSet(address, bit) != isSet(network, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSet(byte[] address, int bit) {
        return (address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
    }

    private static int prefix(String text, int bits) {
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= bits) {
            return Integer.parseInt(text);
        }
        throw invalid("must have a prefix from 0 to " + bits);
    }

    private static RuntimeException invalid(String reason) {
        return new Problem.Invalid("cidr", reason).exception();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr
                && cidr.prefix == prefix
                && Arrays.equals(cidr.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
