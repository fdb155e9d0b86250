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

/// Groups, one user and one credential at random, from alphabets so small that they meet often:
/// groups nested in chains, in diamonds and, where nobody refuses it, in circles.
///
/// @param nestings as they are tried one after another, each `{inner, outer}`
/// @param direct the groups that the user is a member of
/// @param grants of each group, levels by object
/// @param scopes levels by object; null for an unscoped credential
record GroupGraph(
        int groups,
        List<List<Integer>> nestings,
        Set<Integer> direct,
        Map<Integer, Map<String, String>> grants,
        boolean superuser,
        @Nullable Map<String, String> scopes) {

    static final List<String> OBJECTS =
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
                    "resource:pg://a/*",
                    "resource:pg://a/t",
                    "prompt:p",
                    "admin:*",
                    "admin:users");
    private static final List<String> LEVELS = List.of("read", "write", "admin");
    private static final int MOST_GROUPS = 7;
    private static final int MOST_NESTINGS = 14;
    private static final int MOST_GRANTS = 8;
    private static final int MOST_SCOPES = 4;

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
                            .put(pick(random, OBJECTS), pick(random, LEVELS));
                }
                return new GroupGraph(
                        groups,
                        nestings,
                        direct,
                        grants,
                        upTo(random, 0, 11) == 0,
                        upTo(random, 0, 2) == 0 ? null : scopes(random));
            };

    static final Gen<String> OBJECT = random -> pick(random, OBJECTS);

    private static Map<String, String> scopes(RandomnessSource random) {
        Map<String, String> scopes = new LinkedHashMap<>();
        for (int i = upTo(random, 0, MOST_SCOPES); i > 0; i--) {
            scopes.put(pick(random, OBJECTS), pick(random, LEVELS));
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
