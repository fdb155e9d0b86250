package dev.drawbridge.local.service;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a service runs from, as Maven built it: a jar with its libraries, or one native program.
final class ServiceBuild {
    private static final int FINGERPRINT_LENGTH = 16;

    private final ServiceSpec service;
    private final Home home;
    private final Path program;
    private final String fingerprint;

    private ServiceBuild(ServiceSpec service, Home home, Path program, String fingerprint) {
        this.service = service;
        this.home = home;
        this.program = program;
        this.fingerprint = fingerprint;
    }

    static ServiceBuild of(ServiceSpec service, Home home, boolean asNative) {
        var target = home.checkout().resolve(service.name()).resolve("target");
        var program = asNative ? runner(service, target) : jar(service, target);
        var parent = program.getParent();
        var files = asNative || parent == null ? program : parent;
        return new ServiceBuild(service, home, program, hash(describe(files)));
    }

    /// Of what runs, and of what it is configured with; secrets only as part of the hash.
    String fingerprint(String configuration) {
        return hash(fingerprint + "\n" + configuration);
    }

    /// The JDK's cache is void when a jar's size or time of change is another: both are in the
    /// fingerprint that names it.
    AotCache cache() {
        return new AotCache(home.aot(), service.name(), fingerprint);
    }

    List<String> command() {
        // A comma would divide the value into two locations.
        String location = home.config(service.name()).toUri().toString().replace(",", "%2C");
        var config = "-Dquarkus.config.locations=" + location;
        if (!program.toString().endsWith(".jar")) {
            return List.of(program.toString(), "-Xmx256m", config);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                cache().option(),
                config,
                "-jar",
                program.toString());
    }

    private static Path jar(ServiceSpec service, Path target) {
        var jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new LaunchException(
                    service.name() + " is not built: " + jar + " is missing; run ./mvnw package.");
        }
        return jar;
    }

    private static Path runner(ServiceSpec service, Path target) {
        try (var files = Files.isDirectory(target) ? Files.list(target) : Stream.<Path>empty()) {
            return files.filter(it -> it.toString().endsWith("-runner"))
                    .findFirst()
                    .orElseThrow(() ->
                            new LaunchException(
                                    ("%s has no native build (%s/*-runner): "
                                                    + "run ./mvnw package -Dnative first.")
                                            .formatted(service.name(), target)));
        } catch (IOException failure) {
            throw LaunchException.because(target + " cannot be read", failure);
        }
    }

    private static String describe(Path files) {
        try (var tree = Files.walk(files)) {
            return System.getProperty("java.vm.version")
                    + tree.filter(Files::isRegularFile)
                            .sorted()
                            .map(ServiceBuild::line)
                            .collect(Collectors.joining());
        } catch (IOException failure) {
            throw LaunchException.because(files + " cannot be read", failure);
        }
    }

    private static String line(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
        } catch (IOException failure) {
            throw LaunchException.because(file + " cannot be read", failure);
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
