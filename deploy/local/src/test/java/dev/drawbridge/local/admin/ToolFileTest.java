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
import java.util.Map;

class ToolFileTest {
    @TempDir private Path folder;

    @Test
    void json_and_yaml_say_the_same() throws IOException {
        Map<String, Object> yaml =
                read(
                        """
                        kind: tool
                        name: cheap
                        sql: |
                          select 1
                        parameters:
                          below: {type: number, default: 10}
                        """);
        Map<String, Object> json =
                read(
                        """
                        {
                        \t"name": "cheap", "sql": "select 1\\n",
                        \t"parameters": {"below": {"type": "number", "default": 10}}}
                        """);

        assertThat(yaml).isEqualTo(json).containsOnlyKeys("name", "sql", "parameters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name":                 | is neither JSON nor YAML
                    name: [                  | is neither JSON nor YAML
                    'a word'                 | is not one document with the fields of a tool
                    ''                       | is not one document with the fields of a tool
                    {"name": "a"} {}         | is not one document with the fields of a tool
                    kind: prompt             | describes a prompt, not a tool
                    """)
    void what_is_no_tool_is_said(String text, String what) {
        assertThatThrownBy(() -> read(text)).hasMessageContaining(what);
    }

    @Test
    void a_file_that_is_not_there_cannot_be_read() {
        assertThatThrownBy(() -> ToolFile.read(folder.resolve("none")))
                .hasMessageContaining("cannot be read");
    }

    private Map<String, Object> read(String text) throws IOException {
        return ToolFile.read(Files.writeString(folder.resolve("tool"), text));
    }
}
