package dev.drawbridge.system.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.testkit.NodePackages;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A program of `clients/`, made of one of the official packages.
enum OfficialClient {
    /// `@modelcontextprotocol/sdk` 1.x.
    SDK("sdk.mjs", "legacy"),
    /// `@modelcontextprotocol/client` 2.x as it speaks to servers of the 2025 revisions.
    CLIENT_LEGACY("client.mjs", "legacy"),
    /// The same, finding out.
    CLIENT_AUTO("client.mjs", "auto"),
    /// The same, that takes nothing else.
    CLIENT_PINNED("client.mjs", "2026-07-28"),
    /// The SDK over stdio, with `mcp-remote` between.
    STDIO("stdio.mjs", "legacy"),
    /// PyPI's `mcp` as it speaks to servers of the 2025 revisions.
    PYPI_LEGACY("pypi.py", "legacy"),
    /// The same, finding out.
    PYPI_AUTO("pypi.py", "auto");

    static final Path FOLDER = Checkout.root().resolve("system-tests/clients");
    private static final JsonMapper JSON = new JsonMapper();

    private final String program;
    private final String era;

    OfficialClient(String program, String era) {
        this.program = program;
        this.era = era;
    }

    /// The revision that it comes to speak with a server that has both eras.
    String protocol() {
        return era.equals("legacy") ? "2025-11-25" : "2026-07-28";
    }

    /// Runs a journey, and returns the one JSON object that it printed.
    JsonNode run(String journey, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("DRAWBRIDGE_ERA", era);
        try {
            return JSON.readTree(output(journey, all));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(program + " printed no JSON", failure);
        }
    }

    private String output(String journey, Map<String, String> environment) {
        if (program.endsWith(".py")) {
            return PythonPackages.run(FOLDER, environment, program, journey);
        }
        install();
        return node("node", program, journey).output(environment);
    }

    /// Brings Node's packages to what the lock file says.
    static void install() {
        NodePackages.install(FOLDER, "--ignore-scripts");
    }

    /// A command, where the packages are.
    static Program node(String... command) {
        return new Program(FOLDER, List.of(command));
    }
}
