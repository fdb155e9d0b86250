package dev.drawbridge.system.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.testkit.NodePackages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A program of `clients/`, made of one of the official TypeScript packages.
enum OfficialClient {
    /// `@modelcontextprotocol/sdk` 1.x.
    SDK("sdk.mjs"),
    /// `@modelcontextprotocol/client` 2.x in its `legacy` mode.
    CLIENT("client.mjs"),
    /// The SDK over stdio, with `mcp-remote` between.
    STDIO("stdio.mjs");

    private static final Path FOLDER = Checkout.root().resolve("system-tests/clients");
    private static final JsonMapper JSON = new JsonMapper();

    private final String program;

    OfficialClient(String program) {
        this.program = program;
    }

    /// Runs a journey, and returns the one JSON object that it printed.
    JsonNode run(String journey, Map<String, String> environment) {
        return run(environment, program, journey);
    }

    /// Runs any program of that folder, and returns the one JSON object that it printed.
    static JsonNode program(String name, Map<String, String> environment) {
        return run(environment, name);
    }

    private static JsonNode run(Map<String, String> environment, String program, String... more) {
        install();
        String[] command =
                Stream.concat(Stream.of("node", program), Stream.of(more)).toArray(String[]::new);
        try {
            return JSON.readTree(node(command).output(environment));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(program + " printed no JSON", failure);
        }
    }

    /// Brings the packages to what the lock file says.
    static void install() {
        NodePackages.install(FOLDER, "--ignore-scripts");
    }

    /// A command, where the packages are.
    static NodeProgram node(String... command) {
        return new NodeProgram(FOLDER, List.of(command));
    }
}
