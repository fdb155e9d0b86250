package dev.drawbridge.gateway.sqlguard;

/// A piece of a statement.
///
/// @param text for a word its name, as PostgreSQL would resolve it: unquoted ones in lower case,
///   quoted ones with their escapes decoded; for a symbol the character
/// @param position the 1-based character at which it begins
record Token(Kind kind, String text, int position) {
    enum Kind {
        /// An unquoted name or keyword.
        WORD,
        /// A quoted name, which is never a keyword.
        QUOTED,
        /// A string, number or parameter: never a name.
        VALUE,
        /// Any other single character.
        SYMBOL
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
