package dev.drawbridge.auth;

import dev.drawbridge.testkit.Secrets;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// A real PostgreSQL with the schema `auth`, a data key, and a password for the first administrator
/// unless the argument `admin` is `none`. All tests come from one address, so its limits are out of
/// the way unless the argument `limits` is `default`; then loopback is a proxy, and a test says in
/// `X-Forwarded-For` where it comes from, and no network is trusted with service-role keys.
public final class AuthDatastore implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN_PASSWORD = "first-administrator";

    private TestPostgres postgres;
    private boolean withAdmin = true;
    private boolean withLimits;

    @Override
    public void init(Map<String, String> arguments) {
        withAdmin = !"none".equals(arguments.get("admin"));
        withLimits = "default".equals(arguments.get("limits"));
    }

    @Override
    public Map<String, String> start() {
        postgres = TestPostgres.start();
        Map<String, String> settings = new HashMap<>(postgres.service("auth"));
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        settings.put(
                "drawbridge.data-key.file",
                file("data-key", "k1:" + secret(Base64.getEncoder().encodeToString(key)))
                        .toString());
        if (withAdmin) {
            settings.put(
                    "auth.bootstrap.admin-password-file",
                    file("admin-password", secret(ADMIN_PASSWORD) + "\n").toString());
        }
        if (withLimits) {
            settings.put("identity.network.trusted-proxies", "127.0.0.0/8");
        } else {
            settings.put("auth.attempts.password-address", "100000/5m");
            settings.put("auth.attempts.token-address", "100000/5m");
            settings.put("auth.attempts.sign-on-address", "100000/5m");
            settings.put("auth.attempts.letter-address", "100000/5m");
            settings.put("auth.service-role.trusted-networks", "127.0.0.0/8,10.7.0.0/16");
        }
        settings.put("auth.signing.publish-ahead", "5s");
        settings.put("quarkus.log.category.\"io.zonky.test\".level", "WARN");
        return settings;
    }

    @Override
    public void stop() {
        postgres.close();
    }

    private static String secret(String text) {
        return Secrets.ofThisRun().add(text);
    }

    private static Path file(String name, String content) {
        try {
            Path file = Files.createTempFile(name, null);
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
