package dev.drawbridge.system.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of `clients/`, made of one of the official TypeScript packages.
enum OfficialClient {
    /// `@modelcontextprotocol/sdk` 1.x.
    SDK("sdk.mjs"),
    /// `@modelcontextprotocol/client` 2.x in its `legacy` mode.
    CLIENT("client.mjs");

    private static final Path FOLDER = Checkout.root().resolve("system-tests/clients");
    private static final JsonMapper JSON = new JsonMapper();

    private final String program;

    OfficialClient(String program) {
        this.program = program;
    }

    /// Runs a journey, and returns the one JSON object that it printed.
    JsonNode run(String journey, Map<String, String> environment) {
        install();
        try {
            return JSON.readTree(
                    output(
                            List.of("node", FOLDER.resolve(program).toString(), journey),
                            environment));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(program + " printed no JSON", failure);
        }
    }

    /// Brings the packages to what the lock file says, if they are not: a copy of it stands beside
    /// them once they are.
    private static synchronized void install() {
        try {
            var lock = FOLDER.resolve("package-lock.json");
            var stamp = FOLDER.resolve("node_modules/.installed");
            if (!Files.exists(stamp) || Files.mismatch(lock, stamp) >= 0) {
                output(List.of("npm", "ci", "--ignore-scripts"), Map.of());
                Files.copy(lock, stamp);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String output(List<String> command, Map<String, String> environment) {
        try {
            var stdout = Files.createTempFile(Checkout.target(), "client", ".stdout");
            var stderr = Files.createTempFile(Checkout.target(), "client", ".stderr");
            var builder =
                    new ProcessBuilder(command)
                            .directory(FOLDER.toFile())
                            .redirectOutput(stdout.toFile())
                            .redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(stderr));
            }
            return Files.readString(stdout);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
