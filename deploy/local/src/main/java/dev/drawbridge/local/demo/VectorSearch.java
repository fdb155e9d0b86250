package dev.drawbridge.local.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// Which of the two ways a search by meaning takes in the demo: by pgvector's index, or comparing
/// every row.
///
/// @param method `index` or `exact`
/// @param pgvector its version; null without it
/// @param reason why there is no index; null with one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VectorSearch(String method, @Nullable String pgvector, @Nullable String reason) {

    static VectorSearch byIndex(String version) {
        return new VectorSearch("index", version, null);
    }

    static VectorSearch exact(String reason) {
        return new VectorSearch("exact", null, reason);
    }

    /// For people.
    @JsonIgnore
    public String sentence() {
        return reason == null
                ? "by pgvector " + pgvector + "'s index"
                : "exact, over arrays; no pgvector: " + reason;
    }
}
