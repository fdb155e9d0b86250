package dev.drawbridge.gateway.tool;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Built-in things that a configuration takes away, by name. A name that is none stops the start:
/// who misspells one must not believe that it is off.
public final class SwitchedOff {
    private SwitchedOff() {}

    /// The names, each of which is one of those that there are.
    ///
    /// @param key of the configuration that names them
    public static Set<String> of(String key, Set<String> names, Collection<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalStateException(
                        "%s: there is no %s; there are %s"
                                .formatted(key, name, String.join(", ", new TreeSet<>(known))));
            }
        }
        return Set.copyOf(names);
    }
}
