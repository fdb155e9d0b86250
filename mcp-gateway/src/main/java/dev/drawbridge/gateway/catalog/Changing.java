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
                found |= uses(thing) && keys.add(thing.key());
            }
        }
    }

    /// What a function of the database's own does, its volatility says.
    private boolean uses(Thing thing) {
        return thing.kind() != Mention.Kind.FUNCTION
                && (thing.parts().stream().anyMatch(keys::contains)
                        || thing.words().stream().anyMatch(this::changes));
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
