package dev.drawbridge.auth.signon;

import dev.drawbridge.auth.oidc.TestProvider;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/// Four identity providers: `corp`, whose people are in the tenant `default`; `multi`, which says
/// the tenant and makes no users in `closed`; `down`, which is; and `leaving`, which one test
/// stops.
public final class TestProviders implements QuarkusTestResourceLifecycleManager {
    public static final String RESOURCE = "https://db.example.com/mcp/v1";
    private static TestProvider corp;
    private static TestProvider multi;
    private static TestProvider leaving;

    public static TestProvider corp() {
        return corp;
    }

    public static TestProvider multi() {
        return multi;
    }

    static TestProvider leaving() {
        return leaving;
    }

    @Override
    public Map<String, String> start() {
        corp = TestProvider.start();
        multi = TestProvider.start();
        leaving = TestProvider.start();
        Map<String, String> settings = new HashMap<>();
        register(settings, "corp", corp.issuer());
        register(settings, "multi", multi.issuer());
        register(settings, "leaving", leaving.issuer());
        register(settings, "down", "http://127.0.0.1:" + unusedPort());
        String provider = "auth.oidc.providers.";
        settings.put(provider + "corp.label", "Corporate account");
        settings.put(provider + "corp.groups-claim", "realm.groups");
        settings.put(provider + "corp.groups.\"/Analysts EU\"", "Analysts");
        settings.put(provider + "corp.groups.managers", "Managers");
        settings.put(provider + "corp.groups.strict", "Strict");
        settings.put(provider + "corp.second-factor-acr", "gold");
        settings.put(provider + "corp.attributes.store_id", "store");
        settings.put(provider + "corp.post-logout-redirect", "http://127.0.0.1:8082/bye");
        settings.put(provider + "multi.tenant-claim", "org");
        settings.put(provider + "multi.tenants.acme", "acme");
        settings.put(provider + "multi.provision", "false");
        settings.put("auth.oidc.resources", "https://db.example.com/mcp," + RESOURCE);
        settings.put("auth.oidc.scopes.\"db:read\"", "read");
        settings.put("auth.oidc.scopes.\"db:all\"", "admin");
        settings.put("auth.oidc.redirect-origins", "https://chat.example.com");
        settings.put("auth.oidc.key-refetch", "1ms");
        return settings;
    }

    private static void register(Map<String, String> settings, String name, String issuer) {
        settings.put("auth.oidc.providers." + name + ".issuer", issuer);
        settings.put("auth.oidc.providers." + name + ".client-id", TestProvider.CLIENT);
        settings.put("auth.oidc.providers." + name + ".client-secret-file", secretFile());
    }

    private static String secretFile() {
        try {
            var file = Files.createTempFile("client-secret", null);
            file.toFile().deleteOnExit();
            return Files.writeString(file, TestProvider.SECRET + "\n").toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int unusedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        corp.close();
        multi.close();
        leaving.close();
    }
}
