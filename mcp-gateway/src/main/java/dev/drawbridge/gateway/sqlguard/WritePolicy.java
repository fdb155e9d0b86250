package dev.drawbridge.gateway.sqlguard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of `write-policy.txt`, on top of those for reads.
///
/// @param nodes what a statement may consist of and name
/// @param commands types of statements that change rows
/// @param schemaCommands types of statements that change the schema
/// @param targets by type of a node the field that holds what it changes
/// @param kinds by type and field of a node the values that are let through
/// @param depth how deep nodes may stand in one another
/// @param refused by type of a statement why it never is, and what to do instead
record WritePolicy(
        ReadPolicy nodes,
        Set<String> commands,
        Set<String> schemaCommands,
        Map<String, String> targets,
        Map<String, Set<String>> kinds,
        int depth,
        Map<String, String> refused) {

    /// The rules that come with this version.
    static WritePolicy load() {
        Map<String, List<String>> sections = ReadPolicy.sections("write-policy.txt");
        return new WritePolicy(
                nodes(ReadPolicy.load(), sections),
                Set.copyOf(ReadPolicy.section("dml", sections)),
                Set.copyOf(ReadPolicy.section("ddl", sections)),
                pairs("targets", sections),
                pairs("kinds", sections).entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        kind -> Set.of(kind.getValue().split(" ")))),
                Integer.parseInt(pairs("limits", sections).getOrDefault("depth", "0")),
                pairs("refused", sections));
    }

    private static ReadPolicy nodes(ReadPolicy read, Map<String, List<String>> sections) {
        Map<String, Map<String, String>> nodes = new HashMap<>(read.nodes());
        add(nodes, ReadPolicy.nodes(ReadPolicy.section("dml nodes", sections)));
        add(nodes, ReadPolicy.nodes(ReadPolicy.section("ddl nodes", sections)));
        return new ReadPolicy(
                "a statement that writes",
                ReadPolicy.Names.of(ReadPolicy.section("options", sections)),
                read.functions().without(ReadPolicy.section("functions", sections)),
                read.relations(),
                read.columns(),
                read.harmless(),
                read.shipped(),
                read.repeatable(),
                read.coercing(),
                Map.copyOf(nodes));
    }

    private static void add(
            Map<String, Map<String, String>> nodes, Map<String, Map<String, String>> more) {
        more.forEach((type, fields) -> nodes.merge(type, fields, WritePolicy::both));
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return Map.copyOf(both);
    }

    private static Map<String, String> pairs(String name, Map<String, List<String>> sections) {
        return ReadPolicy.section(name, sections).stream()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
    }
}
