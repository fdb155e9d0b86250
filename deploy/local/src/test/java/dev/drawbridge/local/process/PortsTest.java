package dev.drawbridge.local.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

class PortsTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void names_the_port_its_purpose_and_who_has_it() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "auth-service"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageStartingWith(
                            "Port %d, which auth-service needs, is in use by process %d"
                                    .formatted(
                                            taken.getLocalPort(), ProcessHandle.current().pid()));
        }
    }
}
