package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.sqlguard.Mention;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.ReadPolicy;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.problem.Problem;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a database's own things do, as they were at one moment, for one login. Says which
/// statements could mean something that does more than read.
public final class DatabaseCatalog {
    private static final int MOST_WARNINGS = 20;

    private final String fingerprint;
    private final String identity;
    private final Set<String> path;
    private final GuardRules rules;
    private final ReadPolicy policy;
    private final List<Thing> things;
    private final Map<String, List<Thing>> byName;
    private final Map<String, String> dangers;
    private final Set<String> policed;
    private final Changing changing;
    private final Optional<String> everywhere;
    private final boolean hasDangerousTypes;

    /// Takes its time: not on an event loop.
    DatabaseCatalog(String fingerprint, CatalogRows rows, GuardRules rules) {
        List<Thing> things = rows.things();
        this.fingerprint = fingerprint;
        this.identity = rows.identity();
        this.path = rows.path();
        this.rules = rules;
        this.policy = ReadOnlySql.policy();
        this.things = things.stream().map(Thing::judged).toList();
        this.byName = this.things.stream().collect(Collectors.groupingBy(Thing::name));
        this.dangers = Dangers.of(things, policy, rules);
        this.policed = policed(things);
        this.changing = new Changing(rows, policy);
        this.everywhere =
                rows.everywhere().stream()
                        .filter(dangers::containsKey)
                        .findFirst()
                        .map(dangers::get);
        this.hasDangerousTypes =
                things.stream()
                        .anyMatch(thing ->
                                thing.kind() == Mention.Kind.TYPE
                                        && dangers.containsKey(thing.key()));
    }

    String fingerprint() {
        return fingerprint;
    }

    /// What tells the database from all others, however it is reached; empty where it does not say.
    public String identity() {
        return identity;
    }

    /// What an administrator should know: which views and tables agents may not read, and why.
    public List<String> warnings() {
        List<String> refused =
                things.stream()
                        .filter(thing -> thing.kind() == Mention.Kind.RELATION)
                        .filter(thing -> dangers.containsKey(thing.key()))
                        .map(thing ->
                                thing.qualified()
                                        + " is refused to agents: "
                                        + dangers.get(thing.key())
                                        + ".")
                        .sorted()
                        .toList();
        return refused.size() <= MOST_WARNINGS
                ? refused
                : Stream.concat(
                                refused.stream().limit(MOST_WARNINGS),
                                Stream.of(
                                        refused.size()
                                                - MOST_WARNINGS
                                                + " more tables and views are refused to agents."))
                        .toList();
    }

    /// Passes for a statement that can only mean what reads.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` with what it could mean,
    ///   and where
    public void check(ReadOnlySql sql) {
        check(sql.mentions(), sql.measured());
    }

    /// Passes for a statement that writes and otherwise can only mean what reads.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as above
    public void check(WriteSql sql) {
        check(sql.mentions(), false);
    }

    /// Whether a statement that passed answers the same until something is written: it names
    /// nothing that tells of the moment, of chance or of the server, and nothing unknown.
    public boolean isRepeatable(ReadOnlySql sql) {
        return sql.repeatable()
                && sql.mentions().stream()
                        .allMatch(mention -> isRepeatable(mention, sql.queries()));
    }

    private boolean isRepeatable(Mention mention, Set<String> queries) {
        List<Thing> meant =
                byName.getOrDefault(mention.name(), List.of()).stream()
                        .filter(thing -> isMeant(thing, mention))
                        .toList();
        return meant.stream().noneMatch(changing::contains)
                && switch (mention.kind()) {
                    case FUNCTION -> isSteady(mention, !meant.isEmpty());
                    case RELATION ->
                            !meant.isEmpty()
                                    || (mention.schema() == null
                                            && queries.contains(mention.name())
                                            && !mention.name().startsWith("pg_"));
                    case ATTRIBUTE, OPERATOR, TYPE -> true;
                };
    }

    private boolean isSteady(Mention function, boolean isOwn) {
        boolean mayBePostgres = function.schema() == null || function.schema().equals("pg_catalog");
        return mayBePostgres ? !changing.isNamed(function.name(), function.arguments()) : isOwn;
    }

    private void check(List<Mention> mentions, boolean measured) {
        everywhere.ifPresent(why -> {
            throw new Problem.QueryRejected(
                            "A cast between types of PostgreSQL's own makes every statement do more"
                                    + " than read here: "
                                    + why
                                    + ".",
                            1)
                    .exception();
        });
        mentions.forEach(mention -> check(mention, measured));
    }

    private void check(Mention mention, boolean measured) {
        if (!rules.deny().isEmpty()) {
            requireNotDenied(mention);
        }
        for (Thing thing : byName.getOrDefault(mention.name(), List.of())) {
            if (isMeant(thing, mention)) {
                check(thing, mention, measured);
            }
        }
        if (hasDangerousTypes
                && mention.kind() == Mention.Kind.FUNCTION
                && policy.coercing().contains(mention.name())) {
            throw rejected(
                    "The function "
                            + mention.name()
                            + " is not accepted in this database: it makes values of types that do"
                            + " more than check.",
                    mention);
        }
    }

    private void check(Thing thing, Mention mention, boolean measured) {
        String danger = dangers.get(thing.key());
        if (danger != null) {
            throw refused(thing, danger, mention);
        }
        if (!rules.deny().isEmpty() && rules.denies(thing.qualified())) {
            throw denied(thing.qualified(), mention);
        }
        if (measured && policed.contains(thing.key()) && !rules.allows(thing.qualified())) {
            throw rejected(
                    "EXPLAIN ANALYZE would count the rows of "
                            + thing.qualified()
                            + " that row-level security takes away. Leave ANALYZE out, or have an"
                            + " administrator of the connection allow it.",
                    mention);
        }
    }

    private boolean isMeant(Thing thing, Mention mention) {
        boolean there =
                mention.schema() == null
                        ? path.contains(thing.schema())
                        : mention.schema().equals(thing.schema());
        return there
                && switch (mention.kind()) {
                    case FUNCTION ->
                            thing.kind() == Mention.Kind.TYPE
                                    || (thing.kind() == Mention.Kind.FUNCTION
                                            && thing.takes(mention.arguments()));
                    case ATTRIBUTE ->
                            thing.kind() == Mention.Kind.TYPE
                                    || (thing.kind() == Mention.Kind.FUNCTION && thing.takes(1));
                    case RELATION, OPERATOR, TYPE -> thing.kind() == mention.kind();
                };
    }

    /// What PostgreSQL has itself can be denied too.
    private void requireNotDenied(Mention mention) {
        boolean callable =
                mention.kind() == Mention.Kind.FUNCTION || mention.kind() == Mention.Kind.RELATION;
        String schema = mention.schema() == null ? "pg_catalog" : mention.schema();
        if (callable && rules.denies(schema + "." + mention.name())) {
            throw denied(schema + "." + mention.name(), mention);
        }
    }

    /// Keys of what reads tables whose policies hold for the login.
    private static Set<String> policed(Collection<Thing> things) {
        Set<String> keys = new HashSet<>();
        Set<String> names = new HashSet<>();
        boolean found = true;
        while (found) {
            found = false;
            for (Thing thing : things) {
                boolean reads =
                        thing.policed()
                                || thing.parts().stream().anyMatch(keys::contains)
                                || (thing.kind() == Mention.Kind.FUNCTION
                                        && thing.words().stream().anyMatch(names::contains));
                if (reads && keys.add(thing.key())) {
                    names.add(thing.name());
                    found = true;
                }
            }
        }
        return keys;
    }

    private static RuntimeException refused(Thing thing, String danger, Mention mention) {
        String way =
                mention.schema() == null && thing.kind() == Mention.Kind.OPERATOR
                        ? "If PostgreSQL's own is meant, write operator(pg_catalog."
                                + thing.name()
                                + "); otherwise an"
                        : mention.schema() == null && thing.kind() == Mention.Kind.FUNCTION
                                ? "If PostgreSQL's own is meant, write pg_catalog."
                                        + thing.name()
                                        + "; otherwise an"
                                : "An";
        return rejected(
                "The "
                        + thing.kind().word()
                        + " "
                        + thing.qualified()
                        + " is not accepted in a statement that only reads: "
                        + danger
                        + ". "
                        + way
                        + " administrator of the connection can allow it.",
                mention);
    }

    private static RuntimeException denied(String name, Mention mention) {
        return rejected("This connection denies " + name + " to agents.", mention);
    }

    private static RuntimeException rejected(String reason, Mention mention) {
        return new Problem.QueryRejected(reason, mention.position()).exception();
    }
}
