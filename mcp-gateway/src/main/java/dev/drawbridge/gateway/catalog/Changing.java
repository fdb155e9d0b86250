package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.sqlguard.Mention;
import dev.drawbridge.gateway.sqlguard.ReadPolicy;
import dev.drawbridge.gateway.sqlguard.Repeatability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which things of a database may answer differently although nothing was written: by themselves,
/// and because of what they use. What is not known counts as one.
final class Changing {
    /// How views write what SQL has of its own for the moment and for who asks.
    private static final Set<String> VALUES =
            Set.of(
                    "current_timestamp",
                    "current_date",
                    "current_time",
                    "localtime",
                    "localtimestamp",
                    "current_user",
                    "current_role",
                    "session_user",
                    "user",
                    "current_catalog",
                    "current_schema");

    /// What a policy may ask of the session: who asks is the same for the same key.
    private static final Set<String> WHO =
            Set.of("current_setting", "current_user", "current_role", "session_user", "user");

    private final Set<String> names;
    private final ReadPolicy policy;
    private final Set<String> keys;

    Changing(CatalogRows rows, ReadPolicy policy) {
        this.names = rows.changing();
        this.policy = policy;
        this.keys = new HashSet<>(rows.unsteady());
        List<Thing> things = rows.things();
        boolean found = true;
        while (found) {
            found = false;
            for (Thing thing : things) {
                found |= (uses(thing) || depends(thing, rows)) && keys.add(thing.key());
            }
        }
    }

    /// What a function of the database's own does, its volatility says.
    private boolean uses(Thing thing) {
        return thing.kind() != Mention.Kind.FUNCTION
                && (thing.parts().stream().anyMatch(keys::contains)
                        || thing.words().stream().anyMatch(this::changes));
    }

    /// Whether policies show other rows by and by.
    private boolean depends(Thing relation, CatalogRows rows) {
        return rows.policyParts(relation.key()).stream().anyMatch(keys::contains)
                || rows.policyWords(relation.key()).stream()
                        .anyMatch(word -> !WHO.contains(word) && changes(word));
    }

    private boolean changes(String word) {
        return VALUES.contains(word)
                || Repeatability.namesMoment(word)
                || (names.contains(word) && !policy.repeatable().contains(word));
    }

    /// Whether it is one of them.
    boolean contains(Thing thing) {
        return keys.contains(thing.key());
    }

    /// Whether a function that came with PostgreSQL is one of them.
    boolean isNamed(String function, int arguments) {
        return names.contains(function)
                && !policy.repeatable().contains(function)
                && !policy.repeatable().contains(function + '/' + arguments);
    }
}
