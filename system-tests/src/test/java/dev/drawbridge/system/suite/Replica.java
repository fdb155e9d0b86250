package dev.drawbridge.system.suite;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A second process of a service on the suite's datastore, with the configuration of the first and
/// ports of its own. Its log is beside the others, so that it is searched for secrets as they are.
public final class Replica implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PROGRAM = "target/quarkus-app/quarkus-run.jar";
    private static final int AUTH_REPLICA = Home.AUTH + 1;
    private static final int GATEWAY_REPLICA = Home.AUTH + 2;
    private static final int MANAGEMENT = 1000;

    private final Process process;
    private final int port;

    private Replica(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// A second auth-service that is ready.
    ///
    /// @param settings that are others than the first's
    public static Replica start(Suite suite, Map<String, String> settings) {
        return start(suite, "auth-service", AUTH_REPLICA, settings);
    }

    /// A second gateway that is ready.
    public static Replica startGateway(Suite suite) {
        return start(suite, "mcp-gateway", GATEWAY_REPLICA, Map.of());
    }

    private static Replica start(
            Suite suite, String service, int plainPort, Map<String, String> settings) {
        int port = plainPort + suite.home().portOffset();
        Path home = suite.home().folder();
        try {
            var process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                    "-Xmx192m",
                                    "-XX:+UseSerialGC",
                                    "-Dquarkus.config.locations="
                                            + configuration(home, service, port, settings).toUri(),
                                    "-jar",
                                    Checkout.root().resolve(service).resolve(PROGRAM).toString())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    home.resolve("logs/" + service + "-replica.log").toFile())
                            .start();
            var replica = new Replica(process, port);
            replica.awaitReady();
            return replica;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What the first is configured with, and behind it what is another here: the last line counts.
    private static Path configuration(
            Path home, String service, int port, Map<String, String> settings) throws IOException {
        Path file =
                Files.copy(
                        home.resolve("config/" + service + ".properties"),
                        home.resolve("config/" + service + "-replica.properties"),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
        var all = new TreeMap<>(settings);
        all.put("quarkus.http.port", Integer.toString(port));
        all.put("quarkus.management.port", Integer.toString(port + MANAGEMENT));
        List<String> lines =
                all.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
        return Files.write(file, lines, StandardOpenOption.APPEND);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    private void awaitReady() {
        var ready = URI.create("http://127.0.0.1:" + (port + MANAGEMENT) + "/q/health/ready");
        try (var http = HttpClient.newHttpClient()) {
            Awaitility.await("the replica")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast("it has ended: see its log", () -> !process.isAlive())
                    .until(() ->
                            http.send(
                                                    HttpRequest.newBuilder(ready).build(),
                                                    HttpResponse.BodyHandlers.discarding())
                                            .statusCode()
                                    == 200);
        } catch (RuntimeException notReady) {
            close();
            throw notReady;
        }
    }

    /// Returns once it is gone.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the replica did not end");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
