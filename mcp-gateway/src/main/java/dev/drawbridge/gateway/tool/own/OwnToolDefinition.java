package dev.drawbridge.gateway.tool.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.gateway.own.OwnDefinition;
import dev.drawbridge.gateway.own.OwnProblems;
import dev.drawbridge.gateway.own.OwnStatements;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.problem.ProblemException;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/// An own tool as somebody writes it, whole in itself; whether its database takes it is
/// [OwnToolKind]'s to say.
///
/// @param connection its id or name
/// @param database null for the connection's own
/// @param sql with parameters `:name`
/// @param parameters by name; of those that are not here the server says the type
/// @param cacheSeconds how long an answer may be used again; null for never
/// @param features under which it is listed
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"name", "description", "connection", "sql"})
public record OwnToolDefinition(
        String name,
        @Nullable String title,
        String description,
        String connection,
        @Nullable String database,
        String sql,
        Map<String, OwnParameter> parameters,
        Access access,
        Form result,
        @Nullable Integer rowLimit,
        @Nullable Integer cacheSeconds,
        List<String> features)
        implements OwnDefinition {
    private static final int DEFAULT_ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_FEATURES = 10;
    private static final Pattern FEATURE = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /// Arguments that mean the same in every tool.
    private static final Set<String> RESERVED =
            Set.of("connection_id", "database", "sql", "params", "dry_run", "confirmation");

    /// What a tool does with its database.
    public enum Access {
        @JsonProperty("read")
        READ,
        @JsonProperty("write")
        WRITE
    }

    /// What an answer is made of.
    public enum Form {
        /// Columns once, and rows as arrays.
        @JsonProperty("rows")
        ROWS,
        /// The first row as an object.
        @JsonProperty("row")
        ROW,
        /// The first value of the first row.
        @JsonProperty("value")
        VALUE,
        /// The same as text, and nothing else.
        @JsonProperty("text")
        TEXT
    }

    public OwnToolDefinition {
        OwnText.name(name);
        OwnText.title(title, name);
        description = OwnText.description("description", description);
        OwnStatements.Place.require(connection, database);
        if (sql == null) {
            throw OwnText.invalid("sql", "is missing");
        }
        parameters = OwnText.each("parameters", parameters);
        access = access == null ? Access.READ : access;
        result = result == null ? Form.ROWS : result;
        rowLimit = rowLimit == null ? DEFAULT_ROWS : rowLimit;
        features = features == null ? List.of(Features.OWN) : List.copyOf(new TreeSet<>(features));
        check(rowLimit >= 1 && rowLimit <= MOST_ROWS, "rowLimit", "must be 1 to 1000");
        check(
                cacheSeconds == null || (cacheSeconds >= 1 && cacheSeconds <= MOST_SECONDS),
                "cacheSeconds",
                "must be 1 to 86400");
        requireFeatures(features);
        if (access == Access.WRITE) {
            check(result == Form.ROWS, "result", "must be rows where the tool writes");
            check(cacheSeconds == null, "cacheSeconds", "is not for a tool that writes");
        }
        requireParameters(named(sql), parameters.keySet());
    }

    /// How many rows an answer has at most.
    int rows() {
        return rowLimit == null ? DEFAULT_ROWS : rowLimit;
    }

    /// The statement as the server takes it.
    NamedSql named() {
        return named(sql);
    }

    /// Where its statement runs.
    OwnStatements.Place place() {
        return new OwnStatements.Place(connection, database);
    }

    /// Whether its statement writes.
    boolean writes() {
        return access == Access.WRITE;
    }

    /// What is said of a parameter.
    OwnParameter parameter(String parameter) {
        return parameters.getOrDefault(parameter, OwnParameter.UNSAID);
    }

    String titleOrName() {
        return OwnText.title(title, name);
    }

    private static NamedSql named(String sql) {
        try {
            return NamedSql.parse(sql);
        } catch (ProblemException rejected) {
            throw OwnProblems.invalid(rejected.problem(), IntUnaryOperator.identity());
        }
    }

    private static void requireFeatures(List<String> features) {
        check(
                !features.isEmpty()
                        && features.size() <= MOST_FEATURES
                        && features.stream().allMatch(it -> FEATURE.matcher(it).matches()),
                "features",
                "must be 1 to 10 names of small letters, digits, dashes and underscores");
        check(!features.contains(Features.ALL), "features", "has all, which is every group");
    }

    /// Names that differ only in case are one to many who read them.
    private static void requireParameters(NamedSql sql, Set<String> described) {
        check(
                sql.names().size() <= MOST_PARAMETERS,
                "sql",
                "has more than %d parameters".formatted(MOST_PARAMETERS));
        for (String name : described) {
            check(
                    sql.names().contains(name),
                    "parameters." + OwnText.shown(name),
                    "is not a parameter of the statement");
        }
        Map<String, String> folded = new LinkedHashMap<>();
        for (String name : sql.names()) {
            check(!RESERVED.contains(name), "sql", "may not call a parameter " + name);
            String other = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            check(other == null, "sql", "has the parameters " + other + " and " + name);
        }
    }

    private static void check(boolean holds, String field, String reason) {
        if (!holds) {
            throw OwnText.invalid(field, reason);
        }
    }
}
