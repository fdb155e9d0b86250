package dev.drawbridge.local.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// Which of the two ways a search by meaning takes in the demo: pgvector with an index, or arrays
/// of numbers that are all compared.
///
/// @param method `pgvector` or `arrays`
/// @param version of pgvector; null without it
/// @param reason why there is no pgvector; null with it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VectorSearch(String method, @Nullable String version, @Nullable String reason) {

    static VectorSearch withPgvector(String version) {
        return new VectorSearch("pgvector", version, null);
    }

    static VectorSearch overArrays(String reason) {
        return new VectorSearch("arrays", null, reason);
    }

    /// For people.
    @JsonIgnore
    public String sentence() {
        return reason == null
                ? "pgvector " + version + ", with an index"
                : "over arrays, every row compared; no pgvector: " + reason;
    }
}
