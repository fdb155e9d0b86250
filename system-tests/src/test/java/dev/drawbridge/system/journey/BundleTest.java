package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What `./drawbridge bundle` packs, read and started as a client does that installs it.
@WithSuite
class BundleTest {
    private static final Path MCPB = OfficialClient.FOLDER.resolve("node_modules/.bin/mcpb");

    private final Suite suite;

    BundleTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void works_with_an_address_and_a_token(@TempDir Path folder) throws JsonProcessingException {
        OfficialClient.install();
        Path bundle = folder.resolve("drawbridge.mcpb");
        Path unpacked = folder.resolve("unpacked");
        String question = new Readme().question();

        run(Checkout.root().resolve("drawbridge").toString(), "bundle", bundle.toString());
        run(MCPB.toString(), "unpack", bundle.toString(), unpacked.toString());
        run(MCPB.toString(), "validate", unpacked.resolve("manifest.json").toString());
        JsonNode seen =
                new JsonMapper()
                        .readTree(
                                OfficialClient.node("node", "bundle.mjs", "ask")
                                        .output(
                                                Map.of(
                                                        "DRAWBRIDGE_BUNDLE",
                                                        unpacked.toString(),
                                                        "DRAWBRIDGE_MCP",
                                                        suite.summary().mcp(),
                                                        "DRAWBRIDGE_QUESTION",
                                                        question,
                                                        "DRAWBRIDGE_TOKEN",
                                                        RetailIdentity.STORE_MANAGER.token(
                                                                suite))));

        assertThat(new ToolResult(seen.path("orders")).rows())
                .containsExactlyInAnyOrderElementsOf(
                        RetailIdentity.STORE_MANAGER.truth(suite, question));
    }

    private static void run(String... command) {
        new Program(OfficialClient.FOLDER, List.of(command))
                .output(Map.of("MCPB", MCPB.toString()));
    }
}
