package dev.drawbridge.gateway.resource.own;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.own.OwnClaim;
import dev.drawbridge.gateway.own.OwnDefinition;
import dev.drawbridge.gateway.own.OwnProblems;
import dev.drawbridge.gateway.own.OwnStatements;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.resource.PercentEncoding;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.problem.ProblemException;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/// A resource as somebody writes it: a URI, fixed or with `{variable}` for whole segments, and a
/// text or a statement whose parameters are those variables, or known of the caller. Whether its
/// database takes it is [OwnResourceKind]'s to say.
///
/// @param text the content; null where there is a statement
/// @param sql the statement; null where there is a text
/// @param from of parameters that are known of the caller
/// @param rowLimit of the statement's rows; null for 100
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"uri", "name", "description"})
public record OwnResourceDefinition(
        String uri,
        String name,
        @Nullable String title,
        String description,
        @Nullable String mimeType,
        @Nullable String text,
        @Nullable String connection,
        @Nullable String database,
        @Nullable String sql,
        Map<String, OwnClaim> from,
        @Nullable Integer rowLimit)
        implements OwnDefinition {
    static final String SCHEME = "own://";

    private static final int LONGEST_URI = 500;
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_ROWS = 1_000;
    private static final Pattern MIME = Pattern.compile("[a-z0-9.+-]+/[a-z0-9.+-]+");
    private static final Pattern SEGMENT =
            Pattern.compile("[A-Za-z0-9._~-]+|\\{" + NamedSql.NAME + "}");

    public OwnResourceDefinition {
        OwnText.name(name);
        OwnText.title(title, name);
        description = OwnText.description("description", description);
        from = OwnText.each("from", from);
        requireUri(uri);
        check(mimeType == null || MIME.matcher(mimeType).matches(), "mimeType", "is none");
        check((text == null) != (sql == null), "text", "or sql is needed, and one of them");
        if (text != null) {
            OwnText.content("text", text, LONGEST_TEXT);
            check(connection == null, "connection", "goes with sql");
            check(database == null, "database", "goes with sql");
        } else {
            OwnStatements.Place.require(connection, database);
        }
        check(
                rowLimit == null || (rowLimit >= 1 && rowLimit <= MOST_ROWS),
                "rowLimit",
                "must be 1 to 1000");
        Set<String> variables = variables(uri);
        Set<String> known = new HashSet<>(variables);
        known.addAll(from.keySet());
        check(known.size() == variables.size() + from.size(), "from", "has a variable of the URI");
        Set<String> used = sql == null ? Set.of() : Set.copyOf(named(sql).names());
        check(
                used.equals(known),
                "sql",
                "must use the URI's variables and those of from, and no others");
    }

    /// Whether its URI has variables.
    boolean hasVariables() {
        return uri.contains("{");
    }

    String titleOrName() {
        return OwnText.title(title, name);
    }

    /// Where its statement runs; null for a text.
    OwnStatements.@Nullable Place place() {
        return connection == null ? null : new OwnStatements.Place(connection, database);
    }

    /// The URI without the names of its variables.
    String form() {
        return uri.replaceAll("\\{[^}]*}", "{}");
    }

    String type() {
        return mimeType != null ? mimeType : sql == null ? "text/plain" : "application/json";
    }

    int rows() {
        return rowLimit == null ? 100 : rowLimit;
    }

    NamedSql named() {
        return named(String.valueOf(sql));
    }

    /// The values of the variables in a URI; empty for one that is not of this form.
    Optional<Map<String, String>> match(String written) {
        if (!written.startsWith(SCHEME)) {
            return Optional.empty();
        }
        return PercentEncoding.segments(written.substring(SCHEME.length())).flatMap(this::match);
    }

    private Optional<Map<String, String>> match(List<String> given) {
        String[] segments = uri.substring(SCHEME.length()).split("/", -1);
        if (segments.length != given.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                values.put(segments[i].substring(1, segments[i].length() - 1), given.get(i));
            } else if (!segments[i].equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /// The one form of a URI with these values.
    String uri(Map<String, String> values) {
        String filled = uri;
        for (var value : values.entrySet()) {
            filled =
                    filled.replace(
                            "{" + value.getKey() + "}", PercentEncoding.encode(value.getValue()));
        }
        return filled;
    }

    private static Set<String> variables(String uri) {
        Set<String> names = new HashSet<>();
        for (String segment : uri.substring(SCHEME.length()).split("/", -1)) {
            if (segment.startsWith("{")) {
                check(
                        names.add(segment.substring(1, segment.length() - 1)),
                        "uri",
                        "repeats a name");
            }
        }
        return names;
    }

    private static void requireUri(@Nullable String uri) {
        check(
                uri != null && uri.startsWith(SCHEME) && uri.length() <= LONGEST_URI,
                "uri",
                "must begin with own:// and have up to 500 characters");
        for (String segment : String.valueOf(uri).substring(SCHEME.length()).split("/", -1)) {
            check(
                    SEGMENT.matcher(segment).matches() && !segment.matches("\\.\\.?"),
                    "uri",
                    "has segments of plain letters and digits, or one {variable} each");
        }
    }

    private static NamedSql named(String sql) {
        try {
            return NamedSql.parse(sql);
        } catch (ProblemException rejected) {
            throw OwnProblems.invalid(rejected.problem(), IntUnaryOperator.identity());
        }
    }

    private static void check(boolean holds, String field, String reason) {
        if (!holds) {
            throw OwnText.invalid(field, reason);
        }
    }
}
