package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;

/// What was defined, and what became of it.
///
/// @param source `api`, or the file that it is in
/// @param definition null when what a file says is none
/// @param state `ok`, or `broken` because of the problem
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnView<D extends OwnDefinition>(
        String source,
        @Nullable D definition,
        String state,
        @Nullable String problem,
        @Nullable Long version,
        @Nullable String changedBy,
        @Nullable OffsetDateTime changedAt) {
    static <D extends OwnDefinition> OwnView<D> of(OwnEntry<D, ?> entry) {
        String broken = entry.broken();
        OwnStored<D> stored = entry.stored();
        return new OwnView<>(
                entry.source(),
                entry.definition(),
                broken == null ? "ok" : "broken",
                broken,
                stored == null ? null : stored.version(),
                stored == null ? null : stored.changedBy(),
                stored == null ? null : stored.changedAt());
    }
}
