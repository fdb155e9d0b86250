package dev.drawbridge.identity.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.7.128/25, 192.168.7.128, true",
        "192.168.7.128/25, 192.168.7.127, false",
        "192.168.7.1, 192.168.7.1, true",
        "192.168.7.1, 192.168.7.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "fe80::/10, fe80::1%eth0, true"
    })
    void holds_the_addresses_with_its_prefix(String network, String address, boolean inside) {
        var literal = Cidr.address(address).orElseThrow();

        assertThat(Cidr.parse(network).contains(literal)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false"
    })
    void holds_a_network_that_lies_in_it(String outer, String inner, boolean inside) {
        assertThat(Cidr.parse(outer).contains(Cidr.parse(inner))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0",
                "10.0.0.256",
                "::1/129",
                "localhost",
                "example.com/24",
                "0x7f.1"
            })
    void is_nothing_else(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).hasMessageContaining("VALIDATION_ERROR");
    }

    @Test
    void never_looks_a_name_up() {
        assertThat(Cidr.address("localhost")).isEmpty();
        assertThat(Cidr.address("")).isEmpty();
        assertThat(Cidr.address("1".repeat(100_000))).isEmpty();
    }

    @Test
    void has_in_common_with_others_what_lies_in_both() {
        List<Cidr> own = networks("10.0.0.0/8", "192.168.1.0/24", "::/0");
        List<Cidr> trusted = networks("10.7.0.0/16", "192.168.0.0/16", "172.16.0.0/12", "::1");

        assertThat(Cidr.common(own, trusted))
                .isEqualTo(networks("10.7.0.0/16", "192.168.1.0/24", "::1/128"));
        assertThat(Cidr.common(own, List.of())).isEmpty();
    }

    private static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }

    @Test
    void is_written_as_a_network() {
        assertThat(Cidr.parse("10.0.0.7")).hasToString("10.0.0.7/32");
        assertThat(Cidr.parse("2001:db8::/32")).hasToString("2001:db8::/32");
    }
}
