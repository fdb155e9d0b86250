package dev.drawbridge.auth.effective;

import static org.quicktheories.generators.SourceDSL.integers;

import org.jspecify.annotations.Nullable;
import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Groups, one user and one credential at random, from alphabets so small that they meet often:
/// groups nested in chains, in diamonds and, where nobody refuses it, in circles.
///
/// @param nestings as they are tried one after another, each `{inner, outer}`
/// @param direct the groups that the user is a member of
/// @param grants of each group, levels by object
/// @param scopes levels by object; null for an unscoped credential
/// @param ended the numbers of nestings and grants that are taken back later
record GroupGraph(
        int groups,
        List<List<Integer>> nestings,
        Set<Integer> direct,
        Map<Integer, Map<String, String>> grants,
        boolean superuser,
        @Nullable Map<String, String> scopes,
        Set<Integer> ended) {

    /// What grants and scopes are on.
    private static final List<String> GRANTED =
            List.of(
                    "*",
                    "connection:*",
                    "connection:*/x",
                    "connection:a",
                    "connection:a/x",
                    "connection:a/x/s",
                    "connection:b/x",
                    "tool:*",
                    "tool:query",
                    "tool:explain",
                    "resource:*",
                    "resource:pg://a/*",
                    "resource:pg://a/b/*",
                    "resource:pg://a/t",
                    "prompt:*",
                    "prompt:p",
                    "admin:*",
                    "admin:users");

    /// What is asked for: that, and names that no grant mentions.
    static final List<String> OBJECTS =
            Stream.concat(
                            GRANTED.stream(),
                            Stream.of(
                                    "connection:z",
                                    "connection:a/z/s",
                                    "connection:z/x/z",
                                    "tool:z",
                                    "resource:pg://a/z",
                                    "resource:pg://a/b/t",
                                    "resource:pg://z",
                                    "prompt:z",
                                    "admin:z"))
                    .toList();

    private static final List<String> LEVELS = List.of("read", "write", "admin");
    private static final int MOST_GROUPS = 7;
    private static final int MOST_NESTINGS = 14;
    private static final int MOST_GRANTS = 8;
    private static final int MOST_SCOPES = 4;
    private static final int MOST_ENDED = 8;

    static final Gen<GroupGraph> GRAPHS =
            random -> {
                int groups = upTo(random, 1, MOST_GROUPS);
                List<List<Integer>> nestings = new ArrayList<>();
                for (int i = upTo(random, 0, MOST_NESTINGS); i > 0; i--) {
                    nestings.add(List.of(upTo(random, 0, groups - 1), upTo(random, 0, groups - 1)));
                }
                Set<Integer> direct = new LinkedHashSet<>();
                for (int i = upTo(random, 0, 2); i > 0; i--) {
                    direct.add(upTo(random, 0, groups - 1));
                }
                Map<Integer, Map<String, String>> grants = new LinkedHashMap<>();
                for (int i = upTo(random, 0, MOST_GRANTS); i > 0; i--) {
                    grants.computeIfAbsent(upTo(random, 0, groups - 1), _ -> new LinkedHashMap<>())
                            .put(pick(random, GRANTED), pick(random, LEVELS));
                }
                Set<Integer> ended = new LinkedHashSet<>();
                for (int i = upTo(random, 0, MOST_ENDED); i > 0; i--) {
                    ended.add(upTo(random, 0, MOST_NESTINGS));
                }
                return new GroupGraph(
                        groups,
                        nestings,
                        direct,
                        grants,
                        upTo(random, 0, 11) == 0,
                        upTo(random, 0, 2) == 0 ? null : scopes(random),
                        ended);
            };

    static final Gen<String> OBJECT = random -> pick(random, OBJECTS);

    /// What is left of it once what ends has ended.
    ///
    /// @param nested those of its nestings that came about
    GroupGraph rest(List<List<Integer>> nested) {
        Map<Integer, Map<String, String>> left = new LinkedHashMap<>();
        int number = 0;
        for (var held : grants.entrySet()) {
            for (var grant : held.getValue().entrySet()) {
                if (!ended.contains(number++)) {
                    left.computeIfAbsent(held.getKey(), _ -> new LinkedHashMap<>())
                            .put(grant.getKey(), grant.getValue());
                }
            }
        }
        List<List<Integer>> stay =
                IntStream.range(0, nested.size())
                        .filter(i -> !ended.contains(i))
                        .mapToObj(nested::get)
                        .toList();
        return new GroupGraph(groups, stay, direct, left, superuser, scopes, Set.of());
    }

    private static Map<String, String> scopes(RandomnessSource random) {
        Map<String, String> scopes = new LinkedHashMap<>();
        for (int i = upTo(random, 0, MOST_SCOPES); i > 0; i--) {
            scopes.put(pick(random, GRANTED), pick(random, LEVELS));
        }
        return scopes;
    }

    private static <T> T pick(RandomnessSource random, List<T> values) {
        return values.get(upTo(random, 0, values.size() - 1));
    }

    private static int upTo(RandomnessSource random, int least, int most) {
        return integers().between(least, most).generate(random);
    }
}
