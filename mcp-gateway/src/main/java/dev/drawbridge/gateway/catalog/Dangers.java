package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.sqlguard.Mention;
import dev.drawbridge.gateway.sqlguard.ReadPolicy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out which things of a database do more than read: by themselves, and because of what they
/// use, until nothing more is found.
final class Dangers {
    /// Commands that set who asks, run a text or reach other sessions, as words in a body; and the
    /// beginning of a name that hides its letters.
    private static final Set<String> COMMANDS =
            Set.of(
                    "execute", "set", "reset", "discard", "lock", "listen", "notify", "call",
                    "copy", "load", "u&\"");

    private final ReadPolicy policy;
    private final GuardRules rules;
    private final Map<String, String> reasons = new HashMap<>();

    /// What a body uses dangerous things by; those that the policy denies for some number of
    /// arguments from the start, because a word does not tell theirs.
    private final Set<String> named = new HashSet<>();

    private final List<String> symbols = new ArrayList<>();

    private Dangers(ReadPolicy policy, GuardRules rules) {
        this.policy = policy;
        this.rules = rules;
        policy.functions().exact().stream()
                .filter(name -> name.contains("/"))
                .forEach(name -> named.add(name.substring(0, name.indexOf('/'))));
    }

    /// Why each of them that does more than read does so, by its key, as in "it …".
    static Map<String, String> of(Collection<Thing> things, ReadPolicy policy, GuardRules rules) {
        var dangers = new Dangers(policy, rules);
        List<Thing> rest = new ArrayList<>(things);
        boolean found = true;
        while (found) {
            found = rest.removeIf(dangers::isDangerous);
        }
        return Map.copyOf(dangers.reasons);
    }

    private boolean isDangerous(Thing thing) {
        String name = thing.qualified();
        if (!thing.name().isEmpty() && (rules.allows(name) || policy.shipped().contains(name))) {
            return false;
        }
        Optional<String> reason =
                Optional.ofNullable(thing.danger())
                        .or(() -> byParts(thing))
                        .or(() -> byWords(thing));
        reason.ifPresent(why -> {
            reasons.put(thing.key(), why);
            named.add(thing.name());
            if (thing.kind() == Mention.Kind.OPERATOR) {
                symbols.add(thing.name());
            }
        });
        return reason.isPresent();
    }

    private Optional<String> byParts(Thing thing) {
        return thing.parts().stream()
                .map(reasons::get)
                .filter(reason -> reason != null)
                .findFirst()
                .map(reason -> "it uses something that is not accepted either, since " + reason);
    }

    private Optional<String> byWords(Thing thing) {
        return thing.words().stream()
                .filter(word -> isDangerousWord(thing, word))
                .findFirst()
                .map(word -> "it names " + word);
    }

    private boolean isDangerousWord(Thing thing, String word) {
        if (policy.functions().contains(word) || policy.relations().contains(word)) {
            return true;
        }
        if (shows(thing, word)) {
            return true;
        }
        // What a view uses of the database's own, its parts say exactly.
        return thing.kind() != Mention.Kind.RELATION
                && (COMMANDS.contains(word)
                        || named.contains(word)
                        || symbols.stream().anyMatch(word::contains));
    }

    /// Whether a word is a hidden column of a relation that is named beside it.
    private boolean shows(Thing thing, String word) {
        return policy.columns().entrySet().stream()
                .anyMatch(relation ->
                        relation.getValue().contains(word)
                                && thing.words().contains(relation.getKey()));
    }
}
