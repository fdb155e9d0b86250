package dev.drawbridge.identity;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// DESIGN 3.2 once more, written down as naively as can be and on the texts alone: a grant is a
/// regular expression, and what is reached is found by trying everything there is.
final class ReferenceAuthorization {
    private static final List<String> ORDER = List.of("none", "read", "write", "admin");

    private ReferenceAuthorization() {}

    static String effective(Caller caller, String object) {
        int granted = caller.superuser() ? 3 : highest(caller.grants(), object);
        int scoped = caller.scopes() == null ? 3 : highest(caller.scopes(), object);
        return ORDER.get(Math.min(granted, scoped));
    }

    static boolean reaches(
            Caller caller, String needed, String object, List<ProtectedObject> universe) {
        return universe.stream()
                .map(ProtectedObject::toString)
                .filter(inside -> covers(object, inside))
                .anyMatch(inside ->
                        ORDER.indexOf(effective(caller, inside)) >= ORDER.indexOf(needed));
    }

    private static int highest(Grants grants, String object) {
        int highest = 0;
        for (Map.Entry<ProtectedObject, Level> grant : grants.levels().entrySet()) {
            if (covers(grant.getKey().toString(), object)) {
                highest = Math.max(highest, ORDER.indexOf(grant.getValue().text()));
            }
        }
        return highest;
    }

    private static boolean covers(String grant, String object) {
        if (grant.equals("*")) {
            return true;
        }
        String kind = grant.substring(0, grant.indexOf(':') + 1);
        String name = grant.substring(kind.length());
        String expression;
        if (kind.equals("connection:")) {
            StringBuilder segments = new StringBuilder();
            for (String segment : name.split("/")) {
                segments.append(segments.isEmpty() ? "" : "/");
                segments.append(segment.equals("*") ? "[^/]+" : Pattern.quote(segment));
            }
            expression = segments + "(/.*)?";
        } else if (name.equals("*")) {
            expression = ".*";
        } else if (kind.equals("resource:") && name.endsWith("/*")) {
            expression = Pattern.quote(name.substring(0, name.length() - 1)) + ".*";
        } else {
            expression = Pattern.quote(name);
        }
        return Pattern.matches(Pattern.quote(kind) + expression, object);
    }
}
