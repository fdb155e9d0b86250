package dev.drawbridge.gateway.sqlguard;

import org.jspecify.annotations.Nullable;

/// A name in a statement, which only the database knows the meaning of.
///
/// @param schema null where it is written without one
/// @param name as PostgreSQL keeps it
/// @param arguments of a function; [#ANY] where their number does not tell
/// @param position the 1-based character of the statement at which it stands, or what it is part of
public record Mention(
        Kind kind, @Nullable String schema, String name, int arguments, int position) {
    /// Any number of arguments.
    public static final int ANY = -1;

    public enum Kind {
        FUNCTION("function"),
        /// `x.name`, which is a column, or a function of one argument.
        ATTRIBUTE("function"),
        RELATION("relation"),
        OPERATOR("operator"),
        TYPE("type");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// What it may turn out to be.
        public String word() {
            return word;
        }
    }

    /// As it is written, but for quotes.
    public String qualified() {
        return schema == null ? name : schema + "." + name;
    }
}
