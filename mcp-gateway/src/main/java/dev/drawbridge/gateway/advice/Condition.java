package dev.drawbridge.gateway.advice;

/// What is asked of rows, by one comparison.
///
/// @param side the one that an index could be on
/// @param other a value, or the other table of a join
/// @param operator as PostgreSQL names it
/// @param text of all of it, with aliases
record Condition(Kind kind, Operand side, Operand other, String operator, String text) {
    /// The operator of one of several values.
    static final String ANY = "= ANY";

    enum Kind {
        EQUAL,
        RANGE,
        /// A text begins with a known one.
        PREFIX,
        /// An array, document or text search holds something.
        CONTAINS,
        IS_NULL,
        IS_NOT_NULL,
        /// Of no use to an index.
        OTHER
    }

    boolean isJoin() {
        return kind == Kind.EQUAL && !other.isValue();
    }

    /// Whether it is known now which rows it is true for, so that an index can hold these alone.
    boolean isConstant() {
        return kind == Kind.IS_NULL
                || kind == Kind.IS_NOT_NULL
                || (kind == Kind.EQUAL && other.isConstant());
    }

    /// Whether its rows come in several runs of an index, and so not in the order of what follows.
    boolean isOfSeveral() {
        return operator.equals(ANY);
    }

    /// As the condition of an index.
    String unqualified() {
        return Operand.unqualified(text, side.alias());
    }

    /// The same from the other side.
    Condition turned() {
        Operand mine = other;
        Operand theirs = side;
        return new Condition(kind, mine, theirs, operator, text);
    }
}
