package dev.drawbridge.identity.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.core.Gen;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

class ForwardedForTest {
    private static final int CASES = 20_000;
    private static final Cidr PROXIES = Cidr.parse("10.0.0.0/8");
    private static final List<String> WORDS =
            List.of(
                    "10.0.0.1",
                    "10.255.9.9",
                    "203.0.113.9",
                    "198.51.100.7",
                    "2001:db8::1",
                    "::ffff:10.0.0.5",
                    "[2001:db8::2]:443",
                    "203.0.113.10:4711",
                    "10.0.0.2:80",
                    "unknown",
                    "_hidden",
                    "localhost",
                    "",
                    "10.1",
                    "999.1.1.1",
                    "127.0.0.1");

    @Test
    void finds_the_rightmost_address_that_is_no_proxy_s() {
        qt().withExamples(CASES)
                .forAll(hops(), peers())
                .checkAssert((hops, peer) ->
                        assertThat(client(peer, String.join(", ", hops)))
                                .isEqualTo(plainly(address(peer), hops)));
    }

    @Test
    void is_the_same_however_the_header_is_split() {
        qt().withExamples(CASES)
                .forAll(hops(), peers())
                .assuming((hops, _) -> !hops.isEmpty())
                .checkAssert((hops, peer) ->
                        assertThat(ForwardedFor.client(address(peer), hops, PROXIES::contains))
                                .isEqualTo(client(peer, String.join(",", hops))));
    }

    @Test
    void believes_nothing_that_stands_left_of_a_stranger() {
        qt().withExamples(CASES)
                .forAll(hops(), hops())
                .checkAssert((forged, proxies) -> {
                    List<String> told = new ArrayList<>(forged);
                    told.add("203.0.113.77");
                    proxies.stream().filter(hop -> hop.startsWith("10.0.")).forEach(told::add);

                    assertThat(client("10.0.0.1", String.join(", ", told)))
                            .isEqualTo(address("203.0.113.77"));
                });
    }

    @Test
    void believes_nothing_that_a_stranger_says() {
        qt().withExamples(CASES)
                .forAll(hops())
                .checkAssert(forged ->
                        assertThat(client("203.0.113.5", String.join(", ", forged)))
                                .isEqualTo(address("203.0.113.5")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 1.2.3.4, 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 1.2.3.4, 203.0.113.9, 10.0.0.2 | 203.0.113.9",
                "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1 | 203.0.113.9:4711 | 203.0.113.9",
                "10.0.0.1 | [2001:db8::1]:4711 | 2001:db8::1",
                "10.0.0.1 | 203.0.113.9, nonsense | 10.0.0.1",
                "10.0.0.1 | 203.0.113.9, nonsense, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | '' | 10.0.0.1",
                "203.0.113.5 | 127.0.0.1 | 203.0.113.5"
            })
    void reads_what_proxies_send(String peer, String header, String client) {
        assertThat(client(peer, header)).isEqualTo(address(client));
    }

    /// The same rule as a list that is eaten from its end.
    private static InetAddress plainly(InetAddress peer, List<String> hops) {
        Deque<String> left = new ArrayDeque<>(hops);
        InetAddress believed = peer;
        while (PROXIES.contains(believed) && !left.isEmpty()) {
            String hop = left.removeLast();
            if (hop.startsWith("[")) {
                hop = hop.substring(1, hop.indexOf(']'));
            } else if (hop.indexOf('.') > 0 && hop.indexOf(':') > hop.indexOf('.')) {
                hop = hop.substring(0, hop.indexOf(':'));
            }
            var address = Cidr.address(hop);
            if (address.isEmpty()) {
                break;
            }
            believed = address.get();
        }
        return believed;
    }

    private static InetAddress client(String peer, String header) {
        return ForwardedFor.client(address(peer), List.of(header), PROXIES::contains);
    }

    private static InetAddress address(String text) {
        return Cidr.address(text).orElseThrow();
    }

    private static Gen<List<String>> hops() {
        return lists().of(integers().between(0, WORDS.size() - 1).map(WORDS::get))
                .ofSizes(integers().between(0, 8));
    }

    private static Gen<String> peers() {
        return integers()
                .between(0, 3)
                .map(List.of("10.0.0.1", "10.9.9.9", "203.0.113.5", "::1")::get);
    }
}
