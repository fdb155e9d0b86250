package dev.drawbridge.gateway.sqlguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of `read-policy.txt`, or those of another file on top of them.
///
/// @param statement what is judged by them, as in "… is not accepted in a statement that …"
/// @param options of EXPLAIN, and of what else has options
/// @param columns hidden ones, by relation
/// @param harmless functions of extensions that may be called although they are VOLATILE
/// @param shipped functions, with their schemas, that we install in databases ourselves
/// @param repeatable functions of PostgreSQL that are not IMMUTABLE and yet answer the same until
///   something is written
/// @param coercing functions that make values of types which a statement need not name
/// @param nodes by type of a node the fields that it may have; a field that holds a node without
///   naming its type has that type, any other an empty text
public record ReadPolicy(
        String statement,
        Names options,
        Names functions,
        Names relations,
        Map<String, Set<String>> columns,
        Names harmless,
        Names shipped,
        Names repeatable,
        Names coercing,
        Map<String, Map<String, String>> nodes) {
    private static final List<String> HIDDEN_SETTINGS =
            List.of(
                    "_file",
                    "_directory",
                    "_directories",
                    "_command",
                    "archive_library",
                    "_libraries");

    /// Names, and beginnings of names.
    ///
    /// @param advice by name or beginning what to do instead; may lack some
    public record Names(Set<String> exact, List<String> beginnings, Map<String, String> advice) {
        private static final String ADVICE = "> ";

        /// Whether a name is one of them.
        public boolean contains(String name) {
            return exact.contains(name) || beginnings.stream().anyMatch(name::startsWith);
        }

        /// What to do instead of using one of them; empty where nothing is said.
        String adviceFor(String name) {
            String entry =
                    exact.contains(name)
                            ? name
                            : beginnings.stream().filter(name::startsWith).findFirst().orElse(name);
            return advice.getOrDefault(entry, "");
        }

        /// The same without some of the exact ones.
        Names without(List<String> names) {
            return new Names(
                    exact.stream()
                            .filter(name -> !names.contains(name))
                            .collect(Collectors.toUnmodifiableSet()),
                    beginnings,
                    advice);
        }

        /// A line with an advice is for the names behind it, until the next.
        static Names of(List<String> lines) {
            Set<String> exact = new HashSet<>();
            List<String> beginnings = new ArrayList<>();
            Map<String, String> advice = new HashMap<>();
            String present = "";
            for (String line : lines) {
                boolean isBeginning = line.endsWith("*");
                String name = isBeginning ? line.substring(0, line.length() - 1) : line;
                if (line.startsWith(ADVICE)) {
                    present = line.substring(ADVICE.length());
                } else {
                    advice.put(name, present);
                    (isBeginning ? beginnings : exact).add(name);
                }
            }
            return new Names(Set.copyOf(exact), List.copyOf(beginnings), Map.copyOf(advice));
        }
    }

    /// Whether a setting tells where files lie or how to reach other systems.
    ///
    /// @param name in lower case
    static boolean hidesSetting(String name) {
        return HIDDEN_SETTINGS.stream().anyMatch(name::endsWith) || name.contains("conninfo");
    }

    /// The rules that come with this version.
    static ReadPolicy load() {
        Map<String, List<String>> sections = sections("read-policy.txt");
        return new ReadPolicy(
                "a statement that only reads",
                Names.of(section("explain", sections)),
                Names.of(section("functions", sections)),
                Names.of(section("relations", sections)),
                section("columns", sections).stream()
                        .map(line -> line.split(": ", 2))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        relation -> relation[0],
                                        relation -> Set.of(relation[1].split(" ")))),
                Names.of(section("harmless", sections)),
                Names.of(section("shipped", sections)),
                Names.of(section("repeatable", sections)),
                Names.of(section("coercing", sections)),
                nodes(section("nodes", sections)));
    }

    /// Types of nodes with their fields.
    static Map<String, Map<String, String>> nodes(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.toUnmodifiableMap(node -> node[0], node -> fields(node[1])));
    }

    private static Map<String, String> fields(String line) {
        return Arrays.stream(line.split(" "))
                .filter(field -> !field.isEmpty())
                .map(field -> field.split(":", 2))
                .collect(
                        Collectors.toUnmodifiableMap(
                                field -> field[0], field -> field.length == 1 ? "" : field[1]));
    }

    static List<String> section(String name, Map<String, List<String>> sections) {
        return Objects.requireNonNull(sections.get(name), name);
    }

    /// The lines of a file, without comments, by the section that they stand in.
    static Map<String, List<String>> sections(String file) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines(file).toList()) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), current);
            } else {
                current.add(line);
            }
        }
        return sections;
    }

    private static Stream<String> lines(String name) {
        try (var file = ReadPolicy.class.getResourceAsStream("/sqlguard/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
