package dev.drawbridge.identity.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

    @Test
    void counts_an_ipv6_customer_as_one() {
        assertThat(bucket("2001:db8:1:2::1")).isEqualTo(bucket("2001:db8:1:2:ffff::9"));
        assertThat(bucket("2001:db8:1:2::1")).isNotEqualTo(bucket("2001:db8:1:3::1"));
        assertThat(bucket("203.0.113.9")).isNotEqualTo(bucket("203.0.113.10"));
        assertThat(bucket("::ffff:203.0.113.9")).isEqualTo(bucket("203.0.113.9"));
    }

    @Test
    void is_a_number_and_nothing_else() {
        assertThat(ClientAddress.parse("fe80::1%eth0").orElseThrow().text()).doesNotContain("%");
        assertThat(ClientAddress.parse("client.example")).isEmpty();
        assertThat(ClientAddress.parse("")).isEmpty();
    }

    private static String bucket(String address) {
        return ClientAddress.parse(address).orElseThrow().bucket();
    }
}
