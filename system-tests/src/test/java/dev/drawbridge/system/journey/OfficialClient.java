package dev.drawbridge.system.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.testkit.NodePackages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        install();
        try {
            return JSON.readTree(node("node", program, journey).output(environment));
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
