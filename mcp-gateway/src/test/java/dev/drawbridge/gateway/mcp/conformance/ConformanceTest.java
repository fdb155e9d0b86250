package dev.drawbridge.gateway.mcp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.testkit.NodePackages;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The official conformance suite of the protocol against the real gateway, with the suite's
/// fixtures beside its tools. The suite sends no credential, so this profile, which only tests
/// have, takes a request without one from this machine as a caller who may use every tool.
@QuarkusTest
@TestProfile(ConformanceTest.Anonymous.class)
@WithTestResource(GatewayDatabases.class)
public class ConformanceTest {
    private static final Path CLIENT = Path.of("src/test/conformance").toAbsolutePath();
    private static final Pattern SCENARIO =
            Pattern.compile("^(.) ([a-z0-9-]+): \\d+ passed, \\d+ failed", Pattern.MULTILINE);

    @TestHTTPResource("/mcp/v1")
    URI endpoint;

    public static final class Anonymous implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "test.anonymous-caller",
                    AnonymousMechanism.NAME,
                    "gateway.mcp.task.after",
                    "0.2S");
        }
    }

    @BeforeAll
    static void install() {
        TestCallers.know(
                AnonymousMechanism.NAME,
                Map.of(),
                "tool:*",
                "read",
                "resource:*",
                "read",
                "prompt:*",
                "read");
        NodePackages.install(CLIENT);
    }

    @Test
    void passes_every_scored_scenario_of_2025_11_25() throws Exception {
        passes("2025-11-25", 30, Set.of());
    }

    @Test
    void passes_every_scored_scenario_of_2026_07_28() throws Exception {
        // It wants a tool that refuses clients without tasks. Ours serve them, on their connection.
        passes("2026-07-28", 37, Set.of("tasks-required-task-error"));
    }

    /// @param scored how many scenarios count for the revision, which are told first
    /// @param unscored those behind them that do not pass
    private void passes(String revision, int scored, Set<String> unscored) throws Exception {
        String printed = suite(revision);

        System.out.println(printed);
        Files.writeString(Path.of("target/conformance-" + revision + ".txt"), printed);
        List<MatchResult> scenarios = SCENARIO.matcher(printed).results().toList();
        assertThat(scenarios).hasSizeGreaterThan(scored);
        assertThat(scenarios.subList(0, scored))
                .allMatch(scenario -> scenario.group(1).equals("✓"));
        assertThat(scenarios)
                .filteredOn(scenario -> !scenario.group(1).equals("✓"))
                .extracting(scenario -> scenario.group(2))
                .containsExactlyInAnyOrderElementsOf(unscored);
    }

    private String suite(String requirements) throws Exception {
        return run(
                List.of(
                        CLIENT.resolve("node_modules/node/bin/node").toString(),
                        CLIENT.resolve(
                                        "node_modules/@modelcontextprotocol/conformance/dist/index.js")
                                .toString(),
                        "server",
                        "--url",
                        endpoint.toString().replace("localhost", "127.0.0.1"),
                        "--requirements",
                        requirements,
                        "-o",
                        Path.of("target/conformance-" + requirements).toAbsolutePath().toString()),
                "suite");
    }

    private static String run(List<String> command, String name)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target").toAbsolutePath(), name, ".log");
        var process =
                new ProcessBuilder(command)
                        .directory(CLIENT.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
