package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Checkout;
import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import io.restassured.specification.RequestSpecification;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// `./drawbridge tools`, `resources` and `prompts`: one file as the gateway's folder has them
/// defines what it has of each kind.
@WithSuite
class OwnDefinitionsTest {
    private static final Map<String, String> MADE =
            Map.of("tools", "shell-tool", "resources", "shell-guide", "prompts", "shell-words");

    private final Suite suite;
    private final RequestSpecification admin;
    private final Path file = Checkout.target().resolve("own-definitions.yaml");

    OwnDefinitionsTest(Suite suite) {
        this.suite = suite;
        var api = new AuthApi(suite);
        this.admin = api.gateway(api.admin());
    }

    @AfterEach
    void removed() {
        MADE.forEach((kind, name) -> admin.delete("/api/v1/mcp/" + kind + "/" + name));
    }

    @ParameterizedTest
    @CsvSource({"tools", "resources", "prompts"})
    void what_a_file_has_of_a_kind_is_defined_listed_and_removed(String kind) throws IOException {
        Files.writeString(
                file,
                """
                kind: tool
                name: shell-tool
                description: Says one.
                connection: %s
                sql: select 1
                ---
                kind: resource
                name: shell-guide
                uri: own://shell/guide
                description: Says how.
                text: So.
                ---
                {"kind": "prompt", "name": "shell-words", "description": "Asks.", "text": "Well?"}
                """
                        .formatted(suite.connection()));
        String name = MADE.get(kind);

        var defined = run(kind, "define", file.toString());
        assertThat(defined.exitCode()).as(defined.stderr()).isZero();
        assertThat(defined.stdout().strip()).isEqualTo("Defined " + name + ".");
        assertThat(run(kind, "list").stdout()).containsPattern(name + " +ok +api");
        assertThat(run(kind, "remove", name).stdout().strip()).isEqualTo("Removed " + name + ".");
        admin.get("/api/v1/mcp/" + kind + "/" + name).then().statusCode(404);
    }

    private Drawbridge.Outcome run(String... command) {
        return new Drawbridge()
                .run(
                        Stream.concat(
                                        Stream.of(command),
                                        Stream.of("--home", suite.home().folder().toString()))
                                .toArray(String[]::new));
    }
}
