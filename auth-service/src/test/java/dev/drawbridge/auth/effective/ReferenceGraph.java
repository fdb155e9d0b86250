package dev.drawbridge.auth.effective;

import java.util.List;
import java.util.Map;

/// The rule once more, as plain as can be: distances by Floyd and Warshall, levels as numbers,
/// objects as texts.
final class ReferenceGraph {
    private static final List<String> ORDER = List.of("none", "read", "write", "admin");
    private static final int NO_WAY = 1_000;

    private final GroupGraph graph;
    private final int[][] distance;

    private ReferenceGraph(GroupGraph graph) {
        this.graph = graph;
        this.distance = new int[graph.groups()][graph.groups()];
        for (int i = 0; i < graph.groups(); i++) {
            for (int j = 0; j < graph.groups(); j++) {
                distance[i][j] = i == j ? 0 : NO_WAY;
            }
        }
    }

    /// Before any group is in another.
    static ReferenceGraph unnested(GroupGraph graph) {
        return new ReferenceGraph(graph);
    }

    /// With all nestings, circles too.
    static ReferenceGraph of(GroupGraph graph) {
        var reference = new ReferenceGraph(graph);
        graph.nestings().forEach(reference::nest);
        return reference;
    }

    /// Whether this nesting is new and puts no group into itself.
    boolean mayNest(List<Integer> nesting) {
        int inner = nesting.getFirst();
        int outer = nesting.getLast();
        return distance[outer][inner] == NO_WAY && distance[inner][outer] != 1;
    }

    void nest(List<Integer> nesting) {
        int inner = nesting.getFirst();
        int outer = nesting.getLast();
        distance[inner][outer] = Math.min(distance[inner][outer], 1);
        for (int via = 0; via < graph.groups(); via++) {
            for (int i = 0; i < graph.groups(); i++) {
                for (int j = 0; j < graph.groups(); j++) {
                    distance[i][j] = Math.min(distance[i][j], distance[i][via] + distance[via][j]);
                }
            }
        }
    }

    /// How many groups a shortest way from the user to this one has; more than a thousand for none.
    int steps(int group) {
        return 1 + graph.direct().stream().mapToInt(d -> distance[d][group]).min().orElse(NO_WAY);
    }

    boolean isIn(int group) {
        return steps(group) <= graph.groups();
    }

    String granted(String object) {
        int highest = graph.superuser() ? 3 : 0;
        for (var grants : graph.grants().entrySet()) {
            if (isIn(grants.getKey())) {
                highest = Math.max(highest, highest(grants.getValue(), object));
            }
        }
        return ORDER.get(highest);
    }

    String effective(String object) {
        int scope = graph.scopes() == null ? 3 : highest(graph.scopes(), object);
        return ORDER.get(Math.min(ORDER.indexOf(granted(object)), scope));
    }

    private static int highest(Map<String, String> levels, String object) {
        return levels.entrySet().stream()
                .filter(level -> covers(level.getKey(), object))
                .mapToInt(level -> ORDER.indexOf(level.getValue()))
                .max()
                .orElse(0);
    }

    private static boolean covers(String grant, String object) {
        if (grant.equals("*") || grant.equals(object)) {
            return true;
        }
        String kind = grant.substring(0, grant.indexOf(':') + 1);
        if (!object.startsWith(kind)) {
            return false;
        }
        String given = grant.substring(kind.length());
        String asked = object.substring(kind.length());
        return switch (kind) {
            case "connection:" -> coversPath(List.of(given.split("/")), List.of(asked.split("/")));
            case "resource:" -> given.endsWith("*") && asked.startsWith(withoutLast(given));
            default -> given.equals("*");
        };
    }

    private static String withoutLast(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static boolean coversPath(List<String> given, List<String> asked) {
        for (int i = 0; i < given.size(); i++) {
            if (i == asked.size() || !List.of("*", asked.get(i)).contains(given.get(i))) {
                return false;
            }
        }
        return true;
    }
}
