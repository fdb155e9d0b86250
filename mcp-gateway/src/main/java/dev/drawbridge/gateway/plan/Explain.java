package dev.drawbridge.gateway.plan;

import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.Statement;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is asked for a plan.
///
/// @param version of the server, as `server_version_num`
/// @param hypopg where HypoPG's functions are, quoted; null where it is not installed
/// @param isAvailable whether HypoPG could be installed by CREATE EXTENSION
public record Explain(int version, @Nullable String hypopg, boolean isAvailable) {
    /// What tells this of a server.
    public static final String FACTS =
            """
            select current_setting('server_version_num')::int,
                   (select quote_ident(n.nspname)
                      from pg_catalog.pg_extension e
                      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
                     where e.extname = 'hypopg'
                       and has_schema_privilege(n.oid, 'usage')),
                   exists (select 1
                             from pg_catalog.pg_available_extensions
                            where name = 'hypopg')
            """;

    private static final Pattern HYPOTHETICAL = Pattern.compile("<\\d+>(.*)");

    /// A parameter, or a text that is passed over.
    private static final Pattern PARAMETER = Pattern.compile("'(?:[^']|'')*'|\\$(\\d{1,5})");

    private static final String NAME = "drawbridge_explained";

    /// What is sent.
    ///
    /// @param staging what the session remembers meanwhile
    /// @param statement whose last row is the plan
    public record Question(Staging staging, Statement statement) {}

    /// What a server said of itself.
    ///
    /// @param row of [#FACTS]
    public static Explain of(List<@Nullable Object> row) {
        return new Explain(
                ((Long) require(row.get(0))).intValue(),
                (String) row.get(1),
                Boolean.TRUE.equals(row.get(2)));
    }

    private static Object require(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("A server without a version");
        }
        return value;
    }

    /// The plan of a statement with its values.
    ///
    /// @param options of EXPLAIN, each followed by a comma
    public static Question plain(String options, String sql, List<@Nullable Object> parameters) {
        String explain = "explain (" + options + "format json) ";
        return new Question(
                Staging.NONE, new Statement(explain + sql, parameters, 0, 1, explain.length()));
    }

    /// The plan of a statement for no values, with everything named in full. Not by GENERIC_PLAN,
    /// which version 15 has not and which goes with the simple protocol alone.
    public static Question generic(String sql) {
        int parameters = parameters(sql);
        if (parameters == 0) {
            return plain("verbose, ", sql, List.of());
        }
        Staging prepared =
                new Staging(
                        List.of(
                                Staging.Own.of("set local plan_cache_mode = force_generic_plan"),
                                Staging.Own.of("prepare " + NAME + " as " + sql)),
                        List.of("deallocate " + NAME));
        String nothing = String.join(", ", Collections.nCopies(parameters, "null"));
        String execute = "execute " + NAME + "(" + nothing + ")";
        return new Question(prepared, plain("verbose, ", execute, List.of()).statement());
    }

    /// How many it has. One in a comment counts too.
    private static int parameters(String sql) {
        return PARAMETER
                .matcher(sql)
                .results()
                .map(found -> found.group(1))
                .filter(number -> number != null)
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /// The same question, as if these indexes were there. Where HypoPG is installed. It remembers
    /// in the session, so it forgets first and last.
    ///
    /// @param indexes CREATE INDEX, for each
    public Question with(List<String> indexes, Question question) {
        if (indexes.isEmpty()) {
            return question;
        }
        String reset = "select " + hypopg + ".hypopg_reset()";
        String create = "select indexname from " + hypopg + ".hypopg_create_index($1::text)";
        List<Staging.Own> before = new ArrayList<>();
        before.add(Staging.Own.of(reset));
        indexes.forEach(index -> before.add(Staging.Own.of(create, index)));
        Staging hypothetical = new Staging(before, List.of(reset));
        return new Question(question.staging().then(hypothetical), question.statement());
    }

    /// What HypoPG calls those of its indexes that a plan uses: `btree_item_owner`.
    public static List<String> hypotheticalIndexes(Plan plan) {
        return plan.root()
                .all()
                .map(node -> HYPOTHETICAL.matcher(node.text("Index Name")))
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .distinct()
                .toList();
    }

    /// What to do where HypoPG is not installed.
    public String howToGetHypopg() {
        return isAvailable
                ? "HypoPG is not installed in this database: CREATE EXTENSION hypopg, as its owner."
                : "HypoPG is not on this server: install its package (postgresql-"
                        + version / 10_000
                        + "-hypopg), then CREATE EXTENSION hypopg.";
    }
}
