package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a grant is on, and what a request asks for: `connection:{id}`,
/// `connection:{id}/{database}/{schema}`, `tool:{name}`, `resource:{uri}`, `prompt:{name}`,
/// `admin:{area}`, with `*` as a wildcard at any level and `*` alone for everything.
///
/// A shorter connection path covers what is inside it. A wildcard in the object that is asked for
/// stands for "all of them", so only a wildcard grant covers it.
///
/// @param kind `*` or one of the kinds above
/// @param path the segments behind the colon; empty only for kind `*`
public record ProtectedObject(String kind, List<String> path) {
    private static final String ANY = "*";
    private static final Set<String> KINDS =
            Set.of("connection", "tool", "resource", "prompt", "admin");
    private static final int MAX_LENGTH = 1_000;
    private static final int CONNECTION_DEPTH = 3;

    public static final ProtectedObject EVERYTHING = new ProtectedObject(ANY, List.of());

    public ProtectedObject {
        path = List.copyOf(path);
    }

    /// Reads the textual form.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the text is none
    @JsonCreator
    public static ProtectedObject parse(String text) {
        if (text.equals(ANY)) {
            return EVERYTHING;
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1 || text.length() > MAX_LENGTH) {
            throw invalid("must be * or kind:name, such as connection:{id} or tool:{name}");
        }
        String kind = text.substring(0, colon);
        if (!KINDS.contains(kind)) {
            throw invalid("has an unknown kind " + kind);
        }
        String name = text.substring(colon + 1);
        List<String> path =
                kind.equals("connection") ? List.of(name.split("/", -1)) : List.of(name);
        if (path.size() > CONNECTION_DEPTH || path.contains("")) {
            throw invalid("must be connection:{id}, …/{database} or …/{database}/{schema}");
        }
        return new ProtectedObject(kind, path);
    }

    public static ProtectedObject connection(String id) {
        return new ProtectedObject("connection", List.of(id));
    }

    /// A database of a connection. A slash in its name is written `%2F`, as in a URL.
    public static ProtectedObject database(String connection, String database) {
        return new ProtectedObject("connection", List.of(connection, segment(database)));
    }

    /// A schema of a database.
    public static ProtectedObject schema(String connection, String database, String schema) {
        return new ProtectedObject(
                "connection", List.of(connection, segment(database), segment(schema)));
    }

    public static ProtectedObject tool(String name) {
        return new ProtectedObject("tool", List.of(name));
    }

    public static ProtectedObject resource(String uri) {
        return new ProtectedObject("resource", List.of(uri));
    }

    public static ProtectedObject prompt(String name) {
        return new ProtectedObject("prompt", List.of(name));
    }

    public static ProtectedObject admin(String area) {
        return new ProtectedObject("admin", List.of(area));
    }

    /// Whether a grant on this object is also one on the other.
    public boolean covers(ProtectedObject other) {
        if (kind.equals(ANY)) {
            return true;
        }
        if (!kind.equals(other.kind) || path.size() > other.path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!segmentCovers(path.get(i), other.path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The largest object that both cover, if they have anything in common.
    Optional<ProtectedObject> meet(ProtectedObject other) {
        if (covers(other)) {
            return Optional.of(other);
        }
        if (other.covers(this)) {
            return Optional.of(this);
        }
        if (!kind.equals(other.kind)) {
            return Optional.empty();
        }
        boolean longerHere = path.size() >= other.path.size();
        List<String> longer = longerHere ? path : other.path;
        List<String> shorter = longerHere ? other.path : path;
        List<String> common = new ArrayList<>(longer);
        for (int i = 0; i < shorter.size(); i++) {
            String here = longer.get(i);
            String there = shorter.get(i);
            if (segmentCovers(here, there)) {
                common.set(i, there);
            } else if (!segmentCovers(there, here)) {
                return Optional.empty();
            }
        }
        return Optional.of(new ProtectedObject(kind, common));
    }

    private boolean segmentCovers(String pattern, String segment) {
        if (pattern.equals(ANY) || pattern.equals(segment)) {
            return true;
        }
        // A resource's URI has levels of its own: `pg://retail/*` covers what is below it.
        return kind.equals("resource")
                && pattern.endsWith("/*")
                && segment.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static String segment(String name) {
        if (name.indexOf('%') < 0 && name.indexOf('/') < 0 && name.indexOf('*') < 0) {
            return name;
        }
        return name.replace("%", "%25").replace("/", "%2F").replace("*", "%2A");
    }

    private static RuntimeException invalid(String reason) {
        return new Problem.Invalid("object", reason).exception();
    }

    /// The form that [#parse] reads.
    @JsonValue
    @Override
    public String toString() {
        return kind.equals(ANY) ? ANY : kind + ":" + String.join("/", path);
    }
}
