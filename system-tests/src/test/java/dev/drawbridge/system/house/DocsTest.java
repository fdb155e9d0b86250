package dev.drawbridge.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.house.SourceTree.Source;
import dev.drawbridge.system.suite.Checkout;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Documents name files and types that are there.
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");
    private static final Pattern TYPE_NAME =
            Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)`");
    private static final Pattern DECLARATION =
            Pattern.compile("\\b(?:class|record|interface|enum|@interface) ([A-Z]\\w+)");

    /// Names of others that look like a type of ours.
    private static final Set<String> FOREIGN =
            Set.of(
                    "PgBouncer",
                    "OpenTelemetry",
                    "LangChain4j",
                    "ArchUnit",
                    "NullAway",
                    "JavaScript");

    /// Parts of `docs/tools.md`: their links lead from there.
    private static final Path PARTS = Path.of("system-tests/src/test/resources/tools");

    private static final List<Source> DOCUMENTS =
            SourceTree.endingWith(".md").stream()
                    .filter(source -> !source.path().startsWith(PARTS))
                    .toList();

    @Test
    void links_lead_to_files() {
        var folder = Path.of("docs");
        assertThat(deadLinks(new Source(folder.resolve("a.md"), "[gone](../gone.md#part)")))
                .hasSize(1);
        assertThat(deadLinks(new Source(folder.resolve("a.md"), "[here](../pom.xml)"))).isEmpty();

        assertThat(DOCUMENTS).isNotEmpty();
        assertThat(DOCUMENTS.stream().flatMap(source -> deadLinks(source).stream())).isEmpty();
    }

    @Test
    void names_in_backquotes_are_those_of_types() {
        var types = types();
        assertThat(unknownTypes(new Source(Path.of("a.md"), "the `NoSuchType` is"), types))
                .hasSize(1);
        assertThat(unknownTypes(new Source(Path.of("a.md"), "the `DocsTest` is"), types)).isEmpty();

        assertThat(DOCUMENTS.stream().flatMap(source -> unknownTypes(source, types).stream()))
                .isEmpty();
    }

    private static List<String> deadLinks(Source document) {
        String prose = FENCE.matcher(document.text()).replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.matches("(?i)([a-z][a-z0-9+.-]*:|#).*"))
                .filter(target -> !leadsToFile(document, target))
                .map(target -> document.path() + " links to " + target)
                .toList();
    }

    private static boolean leadsToFile(Source document, String target) {
        var file = Path.of(target.replaceFirst("[#?].*", ""));
        return Files.exists(
                Checkout.root().resolve(document.path()).resolveSibling(file).normalize());
    }

    private static List<String> unknownTypes(Source document, Set<String> types) {
        return TYPE_NAME
                .matcher(document.text())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !types.contains(name))
                .map(name -> document.path() + " names " + name)
                .toList();
    }

    private static Set<String> types() {
        return Stream.concat(
                        SourceTree.endingWith(".java").stream()
                                .flatMap(source ->
                                        DECLARATION
                                                .matcher(source.text())
                                                .results()
                                                .map(match -> match.group(1))),
                        FOREIGN.stream())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
