package dev.drawbridge.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OwnFileTest {
    @TempDir private Path folder;

    @Test
    void json_and_yaml_say_the_same() throws IOException {
        List<Map<String, Object>> yaml =
                read(
                        """
                        kind: tool
                        name: cheap
                        sql: |
                          select 1
                        parameters:
                          below: {type: number, default: 10}
                        ---
                        kind: prompt
                        name: another
                        """);
        List<Map<String, Object>> json =
                read(
                        """
                        {
                        \t"name": "cheap", "sql": "select 1\\n",
                        \t"parameters": {"below": {"type": "number", "default": 10}}}
                        """);

        assertThat(yaml).isEqualTo(json).hasSize(1);
        assertThat(yaml.getFirst()).containsOnlyKeys("name", "sql", "parameters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name":                 | is neither YAML nor JSON
                    {"name": 1, "name": 2}   | is neither YAML nor JSON
                    name: [                  | is neither YAML nor JSON
                    'a word'                 | has something that is no map
                    ''                       | defines no tool
                    kind: prompt             | defines no tool
                    """)
    void what_is_no_tool_is_said(String text, String what) {
        assertThatThrownBy(() -> read(text)).hasMessageContaining(what);
    }

    @Test
    void those_of_the_kind_are_taken_in_their_order_and_others_are_left() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("own"),
                        """
                        kind: tool
                        name: one
                        ---
                        kind: prompt
                        name: other
                        ---
                        ---
                        name: two
                        """);

        assertThat(OwnFile.read(file, "tool").stream().map(it -> it.get("name").toString()))
                .containsExactly("\"one\"", "\"two\"");
    }

    @Test
    void a_file_that_is_not_there_cannot_be_read() {
        assertThatThrownBy(() -> OwnFile.read(folder.resolve("none"), "tool"))
                .hasMessageContaining("cannot be read");
    }

    private List<Map<String, Object>> read(String text) throws IOException {
        return OwnFile.read(Files.writeString(folder.resolve("file"), text), "tool");
    }
}
