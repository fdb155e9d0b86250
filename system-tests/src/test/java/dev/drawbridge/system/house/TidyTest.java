package dev.drawbridge.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.house.SourceTree.Source;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// The part of our style that a formatter and a compiler do not hold. Each rule is seen to find an
/// untidy file, and then finds none in the house. What states the rules is not held to them.
class TidyTest {
    private static final List<Source> CODE =
            SourceTree.endingWith(".java", ".mjs", ".sh", ".sql", "/drawbridge").stream()
                    .filter(source ->
                            !source.path().toString().matches(".*/house/(planted/|Tid).*"))
                    .toList();

    private static final List<Source> JAVA =
            CODE.stream().filter(source -> source.name().endsWith(".java")).toList();

    @Test
    void files_are_short() {
        assertThat(Tidiness.fileLengths(java("\n".repeat(301)))).hasSize(1);
        house(Tidiness::fileLengths);
    }

    @Test
    void methods_are_short() {
        String method = "void work() {" + "\n step();".repeat(50) + "\n}";
        String query = "String sql() { return \"\"\"" + "\nselect".repeat(50) + "\"\"\"; }";

        assertThat(Tidiness.methodLengths(List.of(java("class A { " + method + query + " }"))))
                .containsExactly("A.java: work has 52 lines");
        assertThat(Tidiness.methodLengths(JAVA)).isEmpty();
    }

    @Test
    void promises_say_what_is_missing() {
        assertThat(Tidiness.promises(java("// TO" + "DO later"))).hasSize(1);
        assertThat(Tidiness.promises(java("// TODO: the driver must learn to say why"))).isEmpty();
        house(Tidiness::promises);
    }

    @Test
    void comments_have_no_filler() {
        assertThat(Tidiness.filler(java("/// A rob" + "ust class."))).hasSize(1);
        house(Tidiness::filler);
    }

    @Test
    void types_are_named_for_something() {
        assertThat(Tidiness.emptyNames(new Source(Path.of("UserService.java"), ""))).hasSize(1);
        house(source -> source.name().endsWith(".java") ? Tidiness.emptyNames(source) : List.of());
    }

    @Test
    void tools_and_their_classes_have_the_same_name() {
        String definition = "new ToolDefinition(\n  \"drop_table\",";

        assertThat(Tidiness.toolNames(java(definition))).hasSize(1);
        assertThat(CODE.stream().flatMap(Tidiness::toolsIn))
                .contains("list_connections", "query_database");
        house(Tidiness::toolNames);
    }

    private static void house(Function<Source, List<String>> rule) {
        assertThat(CODE).hasSizeGreaterThan(100);
        assertThat(CODE.stream().flatMap(source -> rule.apply(source).stream())).isEmpty();
    }

    private static Source java(String text) {
        return new Source(Path.of("A.java"), text);
    }
}
