package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.problem.Problem;

import java.util.Arrays;
import java.util.Locale;

/// How an agent works, which decides what share of a database's connections and time it gets.
public enum AgentClass {
    /// Runs for long.
    PERSISTENT,
    /// Comes and goes, many at once.
    SERVERLESS,
    /// Far away and small.
    EDGE,
    /// Has been promised something.
    HIGH_PERFORMANCE;

    /// The name as it stands in JSON and in the datastore.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads the name.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for any other text
    @JsonCreator
    public static AgentClass parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new Problem.Invalid(
                                        "agentClass",
                                        "must be persistent, serverless, edge or high-performance")
                                .exception());
    }
}
