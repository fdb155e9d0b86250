package dev.drawbridge.local.service;

import java.util.List;

/// What the launcher must know of a service, besides the properties in `config/<name>.properties`.
/// A new service is a line in [#ALL] and such a file.
public record ServiceSpec(String name, int port, String schema) {
    public static final String AUTH = "auth-service";
    public static final String GATEWAY = "mcp-gateway";

    private static final List<ServiceSpec> ALL =
            List.of(new ServiceSpec(AUTH, 8082, "auth"), new ServiceSpec(GATEWAY, 8081, "gateway"));

    private static final int MANAGEMENT_OFFSET = 1000;

    /// All services, with every port shifted, so that several suites fit on one machine.
    public static List<ServiceSpec> all(int portOffset) {
        return ALL.stream()
                .map(it -> new ServiceSpec(it.name, it.port + portOffset, it.schema))
                .toList();
    }

    public static ServiceSpec named(String name, int portOffset) {
        return all(portOffset).stream()
                .filter(it -> it.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    public static List<String> names() {
        return ALL.stream().map(ServiceSpec::name).toList();
    }

    public static List<String> schemas() {
        return ALL.stream().map(ServiceSpec::schema).toList();
    }

    public int managementPort() {
        return port + MANAGEMENT_OFFSET;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }
}
