package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.sqlguard.Mention;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a database answered about its own things, as [Thing]s. The columns are those of the
/// questions in `catalog/meaning/`.
final class CatalogRows {
    /// The first id of an object that did not come with PostgreSQL (FirstNormalObjectId).
    private static final long FIRST_OWN = 16_384;

    private static final Set<String> READABLE = Set.of("sql", "plpgsql", "aggregate");

    private final List<Thing> things = new ArrayList<>();
    private final Set<String> path = new HashSet<>();
    private String identity = "";

    /// Domains that check something, and types that a cast by a function is from or to.
    private final Set<Long> followed = new TreeSet<>();

    /// What following them found: by the key of a type what is a part of it.
    private final Map<String, Set<String>> partsOfTypes = new HashMap<>();

    /// Casts that happen without being written, by the key of a type that they are from or to.
    private final Map<String, Set<String>> unwritten = new HashMap<>();

    /// The same by the key of a relation that has columns of such a type.
    private final Map<String, Set<String>> unwrittenOfRelations = new HashMap<>();

    /// Casts that any statement may use, because both types are PostgreSQL's own.
    private final Set<String> everywhere = new HashSet<>();

    /// Keys of what may answer differently although nothing was written, by itself.
    private final Set<String> unsteady = new HashSet<>();

    /// The same as names of functions that came with PostgreSQL.
    private final Set<String> changing = new HashSet<>();

    /// What is named by the policies of a relation, by its key.
    private final Map<String, Set<String>> policyWords = new HashMap<>();

    /// Keys of the relations that they ask.
    private final Map<String, Set<String>> policyParts = new HashMap<>();

    List<Thing> things() {
        return List.copyOf(things);
    }

    Set<String> path() {
        return Set.copyOf(path);
    }

    Set<String> unsteady() {
        return Set.copyOf(unsteady);
    }

    Set<String> changing() {
        return Set.copyOf(changing);
    }

    Set<String> policyWords(String relation) {
        return policyWords.getOrDefault(relation, Set.of());
    }

    Set<String> policyParts(String relation) {
        return policyParts.getOrDefault(relation, Set.of());
    }

    Set<String> everywhere() {
        return Set.copyOf(everywhere);
    }

    List<Long> typesToFollow() {
        return List.copyOf(followed);
    }

    static long id(List<@Nullable Object> row) {
        return number(row, 0);
    }

    String identity() {
        return identity;
    }

    CatalogRows identity(String database) {
        identity = database;
        return this;
    }

    CatalogRows path(List<@Nullable Object> row) {
        path.addAll(texts(row, 0));
        return this;
    }

    CatalogRows changing(List<@Nullable Object> row) {
        changing.addAll(texts(row, 0));
        return this;
    }

    void function(List<@Nullable Object> row) {
        if (is(row, 11)) {
            unsteady.add("p" + id(row));
        }
        things.add(
                new Thing(
                        "p" + id(row),
                        Mention.Kind.FUNCTION,
                        text(row, 1),
                        text(row, 2),
                        (int) number(row, 3),
                        (int) number(row, 4),
                        danger(row),
                        texts(row, 9),
                        texts(row, 10),
                        false));
    }

    private static @Nullable String danger(List<@Nullable Object> row) {
        if (is(row, 5)) {
            return "it is SECURITY DEFINER: it has its owner's rights";
        }
        boolean ofExtension = is(row, 8);
        if (is(row, 6)
                && !(ofExtension && ReadOnlySql.policy().harmless().contains(text(row, 2)))) {
            return "it is VOLATILE: it may do more than read";
        }
        return ofExtension || READABLE.contains(text(row, 7))
                ? null
                : "what it does in the language " + text(row, 7) + " cannot be told";
    }

    void operator(List<@Nullable Object> row) {
        things.add(
                new Thing(
                        text(row, 0),
                        Mention.Kind.OPERATOR,
                        text(row, 1),
                        text(row, 2),
                        0,
                        2,
                        null,
                        present(row.get(4)),
                        Set.of(text(row, 3)),
                        false));
    }

    void cast(List<@Nullable Object> row) {
        String key = text(row, 0);
        boolean isUnwritten = is(row, 4);
        List<Long> own =
                Stream.of(number(row, 1), number(row, 2)).filter(id -> id >= FIRST_OWN).toList();
        things.add(
                new Thing(
                        key,
                        Mention.Kind.TYPE,
                        "",
                        "",
                        0,
                        0,
                        null,
                        present(row.get(6)),
                        Set.of(text(row, 5)),
                        false));
        followed.addAll(own);
        if (own.isEmpty()) {
            everywhere.add(key);
        }
        for (Long type : own) {
            put(partsOfTypes, "t" + type, key);
            if (isUnwritten) {
                put(unwritten, "t" + type, key);
            }
        }
    }

    void domain(List<@Nullable Object> row) {
        String key = "d" + id(row);
        followed.add(id(row));
        put(partsOfTypes, "t" + id(row), key);
        things.add(
                new Thing(
                        key,
                        Mention.Kind.TYPE,
                        text(row, 1),
                        text(row, 2),
                        0,
                        0,
                        null,
                        texts(row, 3),
                        Set.of(),
                        false));
    }

    /// After all casts and domains.
    void type(List<@Nullable Object> row) {
        String origin = "t" + number(row, 0);
        String key = "t" + number(row, 1);
        Set<String> parts = new HashSet<>(partsOfTypes.getOrDefault(key, Set.of()));
        if (!origin.equals(key)) {
            parts.add(origin);
        }
        things.add(
                new Thing(
                        key,
                        Mention.Kind.TYPE,
                        text(row, 2),
                        text(row, 3),
                        0,
                        0,
                        null,
                        Set.of(),
                        parts,
                        false));
        if (row.get(4) != null) {
            unwritten
                    .getOrDefault(origin, Set.of())
                    .forEach(cast -> put(unwrittenOfRelations, text(row, 4), cast));
        }
    }

    /// After all types.
    void relation(List<@Nullable Object> row) {
        String key = "r" + id(row);
        Set<String> parts = new HashSet<>(texts(row, 7));
        parts.addAll(unwrittenOfRelations.getOrDefault(key, Set.of()));
        if (text(row, 3).equals("f")) {
            unsteady.add(key);
        }
        policyWords.put(key, texts(row, 8));
        policyParts.put(key, texts(row, 9));
        things.add(
                new Thing(
                        key,
                        Mention.Kind.RELATION,
                        text(row, 1),
                        text(row, 2),
                        0,
                        0,
                        past(row),
                        texts(row, 6),
                        parts,
                        is(row, 4)));
    }

    private static @Nullable String past(List<@Nullable Object> row) {
        if (text(row, 3).equals("f")) {
            return "it is a foreign table: another server is asked, as somebody else";
        }
        Object table = row.get(5);
        return table == null ? null : "it shows rows of " + table + " past its row-level security";
    }

    private static void put(Map<String, Set<String>> sets, String key, String value) {
        sets.computeIfAbsent(key, _ -> new HashSet<>()).add(value);
    }

    private static Set<String> present(@Nullable Object word) {
        return word == null ? Set.of() : Set.of(word.toString());
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }

    private static long number(List<@Nullable Object> row, int column) {
        return Long.parseLong(text(row, column));
    }

    private static boolean is(List<@Nullable Object> row, int column) {
        return Boolean.TRUE.equals(row.get(column));
    }

    private static Set<String> texts(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
