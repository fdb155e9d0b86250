package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;
import dev.drawbridge.testkit.NodePackages;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// MCP Inspector's command line, with a configuration file as its documentation has it.
@WithSuite
class InspectorTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// It needs a newer Node than we do: that of the conformance suite.
    private static final Path NEWER = Checkout.root().resolve("mcp-gateway/src/test/conformance");

    private final Suite suite;

    InspectorTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void lists_tools_whose_schemas_every_client_can_take() throws IOException {
        JsonNode tools = inspect("tools/list", "--strict").path("tools");

        assertThat(tools.findValuesAsText("name")).contains("list_connections", "query_database");
    }

    @Test
    void calls_a_tool() throws IOException {
        String sql = new Readme().question();

        JsonNode answer =
                inspect(
                        "tools/call",
                        "--tool-name",
                        "query_database",
                        "--tool-arg",
                        "connection_id=" + suite.connection(),
                        "sql=" + sql);

        assertThat(new ToolResult(answer).rows())
                .containsExactlyInAnyOrderElementsOf(RetailIdentity.HEAD_OFFICE.truth(suite, sql));
    }

    private JsonNode inspect(String method, String... options) throws IOException {
        OfficialClient.install();
        NodePackages.install(NEWER);
        Path config = Files.createTempFile(Checkout.target(), "inspector", ".json");
        try {
            Files.writeString(config, configuration());
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    NEWER.resolve("node_modules/node/bin/node").toString(),
                                    "node_modules/.bin/mcp-inspector",
                                    "--cli",
                                    "--config",
                                    config.toString(),
                                    "--server",
                                    "drawbridge",
                                    "--method",
                                    method));
            command.addAll(List.of(options));
            return JSON.readTree(new Program(OfficialClient.FOLDER, command).output(Map.of()));
        } finally {
            Files.delete(config);
        }
    }

    private String configuration() throws JsonProcessingException {
        String bearer = "Bearer " + RetailIdentity.HEAD_OFFICE.token(suite);
        var server =
                Map.of(
                        "type",
                        "streamable-http",
                        "url",
                        suite.summary().mcp(),
                        "headers",
                        Map.of("Authorization", bearer));
        return JSON.writeValueAsString(Map.of("mcpServers", Map.of("drawbridge", server)));
    }
}
