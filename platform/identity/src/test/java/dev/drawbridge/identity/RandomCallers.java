package dev.drawbridge.identity;

import static org.quicktheories.generators.SourceDSL.integers;

import org.quicktheories.core.Gen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Callers and objects at random, from an alphabet so small that they meet often.
final class RandomCallers {
    private static final List<String> SEGMENTS = List.of("a", "b", "a%2Fb", "*");
    private static final List<String> NAMES = List.of("query", "schema", "explain", "*");
    private static final List<String> URIS =
            List.of("pg://a/x", "pg://a/x/y", "pg://b/x", "pg://a/*", "pg://a/x/*", "pg://*", "*");
    private static final Level[] LEVELS = Level.values();
    private static final int KINDS = 7;
    private static final int MOST_GRANTS = 6;

    static final Gen<ProtectedObject> OBJECTS =
            random -> {
                int kind = integers().between(0, KINDS - 1).generate(random);
                return switch (kind) {
                    case 0, 1 -> connection(random);
                    case 2 -> named("tool", pick(NAMES).generate(random));
                    case 3 -> named("resource", pick(URIS).generate(random));
                    case 4 -> named("admin", pick(NAMES).generate(random));
                    case 5 -> named("prompt", pick(NAMES).generate(random));
                    default -> ProtectedObject.EVERYTHING;
                };
            };

    static final Gen<Level> LEVEL = pick(List.of(LEVELS));

    static final Gen<Grants> GRANTS =
            random -> {
                Map<ProtectedObject, Level> levels = new LinkedHashMap<>();
                int count = integers().between(0, MOST_GRANTS).generate(random);
                for (int i = 0; i < count; i++) {
                    levels.put(OBJECTS.generate(random), LEVEL.generate(random));
                }
                return new Grants(levels);
            };

    static final Gen<Caller> CALLERS =
            random -> {
                boolean superuser = integers().between(0, 9).generate(random) == 0;
                boolean scoped = integers().between(0, 2).generate(random) > 0;
                return caller(
                        superuser,
                        GRANTS.generate(random),
                        scoped ? GRANTS.generate(random) : null);
            };

    private RandomCallers() {}

    static Caller caller(boolean superuser, Grants grants, Grants scopes) {
        return caller(new UUID(0, 1), superuser, grants, scopes);
    }

    /// Somebody who holds nothing.
    static Caller caller(UUID id) {
        return caller(id, false, Grants.NOTHING, null);
    }

    private static Caller caller(UUID id, boolean superuser, Grants grants, Grants scopes) {
        return new Caller(
                id,
                "kim",
                "default",
                superuser,
                List.of(),
                Map.of(),
                new Caller.Credential(CredentialType.API_TOKEN, new UUID(0, 2), null, null),
                grants,
                scopes);
    }

    /// Every object of the alphabet, and some names that no grant mentions: a grant with a wildcard
    /// reaches those too.
    static List<ProtectedObject> universe() {
        List<ProtectedObject> all = new ArrayList<>();
        all.add(ProtectedObject.EVERYTHING);
        List<String> segments = List.of("a", "b", "a%2Fb", "z", "*");
        for (String connection : segments) {
            all.add(new ProtectedObject("connection", List.of(connection)));
            for (String database : segments) {
                all.add(new ProtectedObject("connection", List.of(connection, database)));
                for (String schema : segments) {
                    all.add(
                            new ProtectedObject(
                                    "connection", List.of(connection, database, schema)));
                }
            }
        }
        for (String name : List.of("query", "schema", "explain", "z", "*")) {
            all.add(named("tool", name));
            all.add(named("admin", name));
            all.add(named("prompt", name));
        }
        URIS.forEach(uri -> all.add(named("resource", uri)));
        List.of("pg://a/z", "pg://a/x/z", "pg://z/z")
                .forEach(uri -> all.add(named("resource", uri)));
        all.add(named("resource", "z"));
        return all;
    }

    private static <T> Gen<T> pick(List<T> values) {
        return random -> values.get(integers().between(0, values.size() - 1).generate(random));
    }

    private static ProtectedObject connection(org.quicktheories.core.RandomnessSource random) {
        int depth = integers().between(1, 3).generate(random);
        List<String> path = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            path.add(pick(SEGMENTS).generate(random));
        }
        return new ProtectedObject("connection", path);
    }

    private static ProtectedObject named(String kind, String name) {
        return new ProtectedObject(kind, List.of(name));
    }
}
