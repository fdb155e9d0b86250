package dev.drawbridge.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.house.SourceTree.Source;
import dev.drawbridge.system.suite.Checkout;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `docs/configuration.md` lists the keys that the sources map, with their defaults and comments.
/// With `-Ddrawbridge.docs=write` its tables are rewritten.
class ConfigurationDocTest {
    private static final String BEGIN = "<!-- generated from the sources: begin -->\n";
    private static final String END = "<!-- generated from the sources: end -->\n";
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"(.+?)\"\\)");
    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"(.*)\"\\)");
    private static final Pattern NESTED = Pattern.compile("^ +interface (\\w+) \\{");
    private static final Pattern NAMED = Pattern.compile("Map<(\\w+), (\\w+)> (\\w+)\\(\\);");
    private static final Pattern KEY = Pattern.compile("^ +(\\S.*) (\\w+)\\(\\);");

    @Test
    void lists_the_keys_that_the_sources_map() throws IOException {
        var document = Checkout.root().resolve("docs/configuration.md");
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String expected = text.substring(0, begin) + tables() + text.substring(text.indexOf(END));
        if ("write".equals(System.getProperty("drawbridge.docs"))) {
            Files.writeString(document, expected);
        }

        assertThat(Files.readString(document)).isEqualTo(expected);
    }

    @Test
    void reads_defaults_comments_and_nested_keys() {
        var source =
                """
                /// What it is for.
                @ConfigMapping(prefix = "a.b")
                public interface AConfig {
                    InnerPart innerPart();

                    /// How long,
                    /// at most.
                    @WithDefault("5s")
                    Duration waitFor();

                    interface InnerPart {
                        Path file();
                    }
                }
                """;

        assertThat(table(source))
                .contains(
                        "What it is for.",
                        "| `a.b.wait-for` | duration | `5s` | How long, at most. |")
                .contains("| `a.b.inner-part.file` | file | required |  |")
                .doesNotContain("`a.b.inner-part`");
    }

    @Test
    void writes_what_is_named_by_its_user_in_angle_brackets() {
        var source =
                """
                /// What it is for.
                @ConfigMapping(prefix = "a.b")
                public interface AConfig {
                    /// The parts, by name.
                    Map<String, Part> manyParts();

                    /// A level for each.
                    Map<String, Level> levels();

                    /// Words for each level.
                    Map<Level, List<String>> words();

                    /// Parts for each level.
                    Map<Level, Map<OtherLevel, Part>> levelParts();

                    interface Part {
                        Path file();
                    }
                }
                """;

        assertThat(table(source))
                .contains("| `a.b.many-parts.<name>.file` | file | required |  |")
                .contains("| `a.b.levels.<name>` | level | none | A level for each. |")
                .contains("| `a.b.words.<level>` | text, … | none | Words for each level. |")
                .contains("| `a.b.level-parts.<level>.<other-level>.…` | as above | none |")
                .doesNotContain("map<");
    }

    private static String tables() {
        return SourceTree.endingWith("Config.java").stream()
                .filter(source -> PREFIX.matcher(source.text()).find())
                .sorted(Comparator.comparing(source -> prefix(source.text())))
                .map(ConfigurationDocTest::section)
                .collect(Collectors.joining());
    }

    private static String section(Source source) {
        String module = source.path().toString().replaceFirst("/src/main/.*", "");
        return "\n### `%s` (%s)\n\n".formatted(prefix(source.text()), module)
                + table(source.text());
    }

    private static String prefix(String source) {
        Matcher prefix = PREFIX.matcher(source);
        return prefix.find() ? prefix.group(1) : "";
    }

    private static String table(String source) {
        String about = "";
        String prefix = prefix(source);
        var rows = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        var comment = new ArrayList<String>();
        var value = "";
        for (String line : source.lines().toList()) {
            Matcher withDefault = DEFAULT.matcher(line);
            Matcher nested = NESTED.matcher(line);
            Matcher key = KEY.matcher(line);
            if (line.strip().startsWith("///")) {
                comment.add(line.strip().substring(3).strip());
            } else if (line.startsWith("@ConfigMapping")) {
                about = String.join(" ", comment);
                comment.clear();
            } else if (withDefault.find()) {
                value = "`" + withDefault.group(1) + "`";
            } else if (nested.find()) {
                prefix += "." + nestedIn(source, nested.group(1));
                comment.clear();
            } else if (key.find()) {
                rows.append(row(source, prefix, key, value, comment));
                comment.clear();
                value = "";
            }
        }
        return about + "\n\n" + rows;
    }

    /// The key that leads to a nested interface: its name, or that of the map it is the value of.
    private static String nestedIn(String source, String type) {
        return NAMED.matcher(source)
                .results()
                .filter(map -> map.group(2).equals(type))
                .findFirst()
                .map(map -> kebab(map.group(3)) + keyOf("Map<" + map.group(1) + ","))
                .orElse(kebab(type));
    }

    private static String row(
            String source, String prefix, Matcher key, String value, List<String> comment) {
        String type = key.group(1).replaceAll("@\\w+(\\([^)]*\\))? ", "");
        String one = type.replaceFirst("^(?:Optional<|Map<\\w+, )(.*)>$", "$1");
        if (source.contains("interface " + one + " {")) {
            return "";
        }
        boolean isSaid = type.equals(one) && !type.equals("OptionalInt");
        String absent = isSaid ? "required" : "none";
        // What is behind the second name is told where the type is used first.
        String further = one.startsWith("Map<") ? keyOf(one) + ".…" : "";
        String name = kebab(key.group(2)) + keyOf(type) + further;
        return "| `%s.%s` | %s | %s | %s |\n"
                .formatted(
                        prefix,
                        name,
                        inWords(one),
                        value.isEmpty() ? absent : value,
                        String.join(" ", comment));
    }

    private static String keyOf(String type) {
        if (!type.startsWith("Map<")) {
            return "";
        }
        return type.startsWith("Map<String,")
                ? ".<name>"
                : ".<"
                        + type.substring("Map<".length(), type.indexOf(','))
                                .transform(ConfigurationDocTest::kebab)
                        + ">";
    }

    private static String inWords(String type) {
        if (type.startsWith("List<")) {
            return inWords(type.substring("List<".length(), type.length() - 1)) + ", …";
        }
        return switch (type) {
            case "int", "long", "OptionalInt" -> "number";
            case "boolean" -> "true or false";
            case "Path" -> "file";
            case "Cidr" -> "network";
            case "String" -> "text";
            default -> type.startsWith("Map<") ? "as above" : type.toLowerCase(Locale.ROOT);
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
