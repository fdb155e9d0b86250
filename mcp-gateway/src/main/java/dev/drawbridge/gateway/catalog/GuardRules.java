package dev.drawbridge.gateway.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.TreeSet;

/// What a connection adds to the policy for statements that read: things of its database, by
/// `schema.name`, or all of a schema, by `schema.*`.
///
/// @param allow functions and relations that agents may use although they may do more than read
/// @param deny functions and relations that agents may not use
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GuardRules(List<String> allow, List<String> deny) {
    public static final GuardRules NONE = new GuardRules(List.of(), List.of());

    private static final int MOST = 1_000;
    private static final int LONGEST = 127;

    /// Checks what an administrator wrote.
    ///
    /// @param allow null for none
    /// @param deny null for none
    public GuardRules(@Nullable List<String> allow, @Nullable List<String> deny) {
        this.allow = checked("guard.allow", allow);
        this.deny = checked("guard.deny", deny);
        this.allow.stream()
                .filter(GuardRules::isOfPostgres)
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem.Invalid(
                                    "guard.allow",
                                    "names "
                                            + name
                                            + ", which is PostgreSQL's own: what agents may"
                                            + " use of that is not a connection's to say")
                            .exception();
                });
    }

    boolean allows(String qualified) {
        return holds(allow, qualified);
    }

    boolean denies(String qualified) {
        return holds(deny, qualified);
    }

    private static boolean holds(List<String> names, String qualified) {
        return names.contains(qualified)
                || names.stream()
                        .anyMatch(name ->
                                name.endsWith(".*")
                                        && qualified.startsWith(
                                                name.substring(0, name.length() - 1)));
    }

    private static boolean isOfPostgres(String name) {
        return name.startsWith("pg_catalog.") || name.startsWith("information_schema.");
    }

    private static List<String> checked(String field, @Nullable List<String> names) {
        if (names == null) {
            return List.of();
        }
        if (names.size() > MOST) {
            throw new Problem.Invalid(field, "has more than 1000 names").exception();
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name == null
                    || name.length() > LONGEST
                    || !name.matches("[^.\\p{Cntrl}]+\\.\\P{Cntrl}+")) {
                throw new Problem.Invalid(field + "." + i, "must be schema.name or schema.*")
                        .exception();
            }
        }
        return List.copyOf(new TreeSet<>(names));
    }
}
