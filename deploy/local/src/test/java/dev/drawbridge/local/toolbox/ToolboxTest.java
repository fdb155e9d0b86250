package dev.drawbridge.local.toolbox;

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
import java.util.Set;

class ToolboxTest {
    @TempDir private Path folder;

    @Test
    void numbers_become_names_where_they_are_parameters() {
        assertThat(
                        NumberedSql.named(
                                "select $1, '$1', $$ $2 $$, \"$1\", a[$1:$2], a[1:n], x::int -- $2\n"
                                        + " /* $2 */ , $2, e'\\'$1', a$1",
                                List.of("one", "two")))
                .isEqualTo(
                        "select :one, '$1', $$ $2 $$, \"$1\", a[:one: :two], a[1: n], x::int -- $2\n"
                                + " /* $2 */ , :two, e'\\'$1', a$1");
        assertThatThrownBy(() -> NumberedSql.named("select $3", List.of("one")))
                .hasMessageContaining("$3");
    }

    @Test
    void both_forms_of_a_file_say_the_same() throws IOException {
        var flat =
                read(
                        """
                        kind: source
                        name: db
                        type: postgres
                        ---
                        kind: tool
                        name: find
                        type: postgres-sql
                        source: db
                        description: Finds.
                        statement: select * from t where a = $1 and b = $2 and c = $3
                        parameters:
                          - {name: a, type: string, description: A., allowedValues: [x, y]}
                          - {name: b, type: integer, description: B., minValue: 1, maxValue: 9, default: 2}
                          - name: c
                            type: array
                            description: C.
                            required: false
                            items: {name: i, type: float, description: I.}
                        ---
                        kind: group
                        name: My Tools
                        tools: [find]
                        """);
        var older =
                read(
                        """
                        sources:
                          db: {kind: postgres}
                        tools:
                          find:
                            kind: postgres-sql
                            source: db
                            description: Finds.
                            statement: select * from t where a = $1 and b = $2 and c = $3
                            parameters:
                              - {name: a, type: string, description: A., allowedValues: [x, y]}
                              - {name: b, type: integer, description: B., minValue: 1, maxValue: 9, default: 2}
                              - name: c
                                type: array
                                description: C.
                                required: false
                                items: {name: i, type: float, description: I.}
                        toolsets:
                          My Tools: [find]
                        """);

        assertThat(flat.left()).isEmpty();
        assertThat(flat.tools().toString()).isEqualTo(older.tools().toString());
        Map<String, Object> tool = flat.tools().getFirst().definition();
        assertThat(tool.get("sql")).isEqualTo("select * from t where a = :a and b = :b and c = :c");
        assertThat(tool.get("features")).isEqualTo(Set.of("own", "my-tools"));
        assertThat(tool.get("parameters").toString())
                .isEqualTo(
                        "{a={type=string, description=\"A.\", enum=[\"x\",\"y\"]},"
                                + " b={type=integer, description=\"B.\", default=2, minimum=1, maximum=9},"
                                + " c={type=array, description=\"C.\", items={type=number}, optional=true}}");
    }

    @Test
    void items_keep_what_is_said_of_their_values() throws IOException {
        var read =
                read(
                        tool(
                                "statement: select $1\nparameters:\n  - {name: x, type: array, items:"
                                        + " {name: i, type: integer, minValue: 5, allowedValues: [5, 6]}}"));

        assertThat(read.tools().getFirst().definition().get("parameters").toString())
                .isEqualTo("{x={type=array, items={type=integer, minimum=5, enum=[5,6]}}}");
    }

    @Test
    void a_claim_is_the_callers_attribute() throws IOException {
        var read =
                read(
                        tool(
                                "statement: select $1, $2\nauthRequired: [mine]\nparameters:\n"
                                        + "  - {name: who, type: string, authServices: [{name: mine, field: sub}]}\n"
                                        + "  - {name: store, type: string, authServices: [{name: mine, field: store_id}]}"));

        assertThat(read.tools().getFirst().definition().get("parameters").toString())
                .isEqualTo("{who={from=id}, store={from=attributes.store_id}}");
        assertThat(read.notes()).hasSize(1);
        assertThat(read.notes().getFirst()).contains("tool:t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "templateParameters: [{name: x, type: string}] | templateParameters",
                "type: postgres-execute-sql | postgres-execute-sql",
                "surprise: 1 | surprise",
                "statement: select $1 | $1",
                "description: ${NOT_THERE} | NOT_THERE",
                "source: warehouse | bigquery",
                "parameters: [{name: x, type: map}] | map",
                "parameters: [{name: x, type: string, excludedValues: [a]}] | excludedValues",
                "parameters: [{name: x, type: string, allowedValues: ['a.*']}] | pattern",
                "parameters: [{name: x, type: string, escape: single-quotes}] | escape",
                "parameters: [{name: x, type: array, items: {type: string, excludedValues: [a]}}] | excludedValues",
                "parameters: [{name: x, type: array, items: {type: string, allowedValues: ['a.*']}}] | pattern",
            })
    void what_has_no_counterpart_is_left_with_the_reason(String line, String word)
            throws IOException {
        var read = read(tool(line));

        assertThat(read.tools()).isEmpty();
        assertThat(read.left()).hasSize(1);
        assertThat(read.left().getFirst()).startsWith("tool t: ").contains(word);
    }

    @Test
    void other_kinds_are_named_one_by_one() throws IOException {
        var read =
                read(
                        """
                        kind: prompt
                        name: greet
                        ---
                        kind: authService
                        name: google
                        ---
                        kind: embeddingModel
                        name: gemini
                        """);

        assertThat(read.left())
                .hasSize(3)
                .anyMatch(it -> it.startsWith("prompt greet: "))
                .anyMatch(it -> it.startsWith("authService google: "))
                .anyMatch(it -> it.startsWith("embeddingModel gemini: "));
    }

    /// A tool with one line more or another one.
    private static String tool(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        var lines =
                new StringBuilder(
                        "kind: source\nname: warehouse\ntype: bigquery\n---\nkind: tool\nname: t\n");
        for (String usual :
                List.of(
                        "type: postgres-sql",
                        "source: db",
                        "description: x",
                        "statement: select 1")) {
            lines.append(usual.startsWith(key) ? "" : usual + "\n");
        }
        return lines.append(line).append('\n').toString();
    }

    private Toolbox.Read read(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("tools.yaml"), config);
        return new Toolbox(Map.of("HOME", "x")).read(file);
    }
}
