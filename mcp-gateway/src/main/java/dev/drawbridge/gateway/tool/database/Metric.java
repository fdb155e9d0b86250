package dev.drawbridge.gateway.tool.database;

import java.util.Locale;

/// How near two vectors are.
enum Metric {
    COSINE("<=>", "cosine_ops", "similarity"),
    L2("<->", "l2_ops", "distance"),
    INNER_PRODUCT("<#>", "ip_ops", "inner_product");

    private final String operator;
    private final String operators;
    private final String output;

    Metric(String operator, String operators, String output) {
        this.operator = operator;
        this.operators = operators;
        this.output = output;
    }

    static Metric of(String argument) {
        return valueOf(argument.toUpperCase(Locale.ROOT));
    }

    /// As a call names it.
    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Of pgvector: the less, the nearer.
    String operator() {
        return operator;
    }

    /// Pgvector's operator class for it, but for the type.
    String operators() {
        return operators;
    }

    /// What the number is called in answers.
    String output() {
        return output;
    }
}
