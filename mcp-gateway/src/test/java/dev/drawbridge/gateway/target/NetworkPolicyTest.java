package dev.drawbridge.gateway.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;

class NetworkPolicyTest {
    private final NetworkPolicy production = new NetworkPolicy(false, List.of());
    private final NetworkPolicy local = new NetworkPolicy(true, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255",
                "192.168.1.1", "100.64.0.1", "::1", "fd00::1", "::ffff:127.0.0.1",
                "::ffff:10.0.0.1"
            })
    void private_addresses_need_the_local_profile(String address) {
        assertThat(production.permits(InetAddress.ofLiteral(address))).isFalse();
        assertThat(local.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1",
                "fe80::1", "fec0::1", "ff02::1", "2002:7f00:1::", "64:ff9b::7f00:1",
                "64:ff9b:1::1", "2001::1", "::", "::7f00:1"
            })
    void these_are_never_reached(String address) {
        assertThat(production.permits(InetAddress.ofLiteral(address))).isFalse();
        assertThat(local.permits(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void public_addresses_are_reached(String address) {
        assertThat(production.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void a_session_in_clear_stays_within_private_networks() {
        var policy = new NetworkPolicy(true, List.of(Cidr.parse("8.8.4.0/24")));
        for (String address : List.of("127.0.0.1", "::1", "10.1.2.3", "fd00::1", "8.8.4.4")) {
            assertThat(policy.mayGo(InetAddress.ofLiteral(address), TlsMode.DISABLE)).isTrue();
        }
        for (String address : List.of("8.8.8.8", "2606:4700::1111")) {
            assertThat(policy.mayGo(InetAddress.ofLiteral(address), TlsMode.DISABLE)).isFalse();
            assertThat(policy.mayGo(InetAddress.ofLiteral(address), TlsMode.REQUIRE)).isTrue();
        }
        assertThatThrownBy(() -> production.resolve("8.8.8.8", TlsMode.DISABLE))
                .hasMessageContaining("public network");
    }

    @Test
    void a_network_can_be_allowed_by_name() {
        var policy = new NetworkPolicy(false, List.of(Cidr.parse("10.8.0.0/16")));

        assertThat(policy.permits(InetAddress.ofLiteral("10.8.1.1"))).isTrue();
        assertThat(policy.permits(InetAddress.ofLiteral("10.9.1.1"))).isFalse();
    }

    @Test
    void a_name_is_judged_by_what_it_resolves_to() {
        assertThatThrownBy(() -> production.resolve("localhost"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("VALIDATION_ERROR");
        assertThat(local.resolve("localhost").isLoopbackAddress()).isTrue();
    }

    @Test
    void a_name_that_does_not_resolve_is_refused() {
        assertThatThrownBy(() -> local.resolve("no-such-host.invalid"))
                .hasMessageContaining("does not resolve");
    }
}
