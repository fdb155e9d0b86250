package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What is published about the server says what the server says. With `-Ddrawbridge.docs=write` it
/// is written.
@WithSuite
class PublishedFilesTest {
    private static final Path FOLDER = Checkout.root().resolve("deploy/mcp");
    private static final JsonMapper JSON = new JsonMapper();

    private final Suite suite;
    private McpSession session;

    PublishedFilesTest(Suite suite) {
        this.suite = suite;
    }

    @BeforeEach
    void connect() {
        session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
    }

    @Test
    void the_entry_for_the_registry() throws IOException {
        JsonNode server = session.server().path("serverInfo");
        ObjectNode wanted = read("server.json");
        wanted.put("title", server.path("title").asText());
        wanted.put("description", server.path("description").asText());
        wanted.put("version", server.path("version").asText());

        compare("server.json", wanted);
        assertThat(wanted.path("name").asText()).endsWith("/" + server.path("name").asText());
        assertThat(wanted.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
        assertThat(wanted.at("/remotes/0/url").asText()).endsWith("/mcp/v1");
        assertThat(wanted.at("/remotes/0/headers/0/isSecret").asBoolean()).isTrue();
    }

    @Test
    void the_entry_fits_the_schema_that_it_names() {
        String file = FOLDER.resolve("server.json").toString();

        PythonPackages.run(OfficialClient.FOLDER, Map.of(), "registry.py", file);
    }

    /// `mcpb validate` judges it in `BundleTest`.
    @Test
    void the_manifest_of_the_bundle() throws IOException {
        JsonNode server = session.server().path("serverInfo");
        ObjectNode wanted = read("manifest.json");
        wanted.put("name", server.path("name").asText());
        wanted.put("display_name", server.path("title").asText());
        wanted.put("version", server.path("version").asText());
        wanted.put("description", server.path("description").asText());
        ArrayNode tools = wanted.putArray("tools");
        for (JsonNode tool : session.request("tools/list", Map.of()).path("tools")) {
            tools.addObject()
                    .put("name", tool.path("name").asText())
                    .put("description", tool.path("description").asText());
        }
        ArrayNode prompts = wanted.putArray("prompts");
        for (JsonNode prompt : session.request("prompts/list", Map.of()).path("prompts")) {
            ObjectNode one =
                    prompts.addObject()
                            .put("name", prompt.path("name").asText())
                            .put("description", prompt.path("description").asText());
            ArrayNode arguments = one.putArray("arguments");
            prompt.path("arguments")
                    .forEach(argument -> arguments.add(argument.path("name").asText()));
            // The server fills it in; the format wants some text.
            one.put("text", prompt.path("description").asText());
        }

        compare("manifest.json", wanted);
    }

    private static ObjectNode read(String file) throws IOException {
        return (ObjectNode) JSON.readTree(FOLDER.resolve(file).toFile());
    }

    private static void compare(String file, JsonNode wanted) throws IOException {
        Path path = FOLDER.resolve(file);
        String text = wanted.toPrettyString() + "\n";
        if ("write".equals(System.getProperty("drawbridge.docs"))) {
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path)).as(file).isEqualTo(text);
    }
}
