package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.sqlguard.Mention;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// Something of a database's own that a statement can mean.
///
/// @param key tells it from all others: `p`, `r`, `o`, `c` or `t` and its object id
/// @param name empty for a cast, which is used without being named
/// @param fewest arguments of a function
/// @param most arguments of a function
/// @param danger why it may do more than read, as in "it …", by itself; null where nothing says so
/// @param words that it names, in lower case: the names of what it may use
/// @param parts keys of things that it certainly uses
/// @param policed whether row-level security holds for whoever reads it
public record Thing(
        String key,
        Mention.Kind kind,
        String schema,
        String name,
        int fewest,
        int most,
        @Nullable String danger,
        Set<String> words,
        Set<String> parts,
        boolean policed) {

    /// As messages and the rules of connections write it.
    public String qualified() {
        return schema + "." + name;
    }

    /// The same once it is judged: what it names is not needed any more.
    Thing judged() {
        return new Thing(key, kind, schema, name, fewest, most, null, Set.of(), Set.of(), policed);
    }

    boolean takes(int arguments) {
        return arguments == Mention.ANY || (fewest <= arguments && arguments <= most);
    }
}
