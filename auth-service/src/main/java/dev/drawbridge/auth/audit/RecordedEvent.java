package dev.drawbridge.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// One audit record, as it is shown.
///
/// @param id `{service}/{chain}/{number}`, as `./drawbridge audit verify` names it
/// @param object what it was done on: `user:{id}`, `tool:{name}` …
/// @param outcome `OK`, the code of a problem, or `PENDING` for what was recorded before it ran
/// @param client the numeric address of the caller
/// @param rls as whom the database saw the caller
/// @param fingerprint tells the statement from others
/// @param statement without its literals
/// @param bytes of the answer
/// @param hash SHA-256 in hexadecimal digits, over the record and the one before it
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordedEvent(
        String id,
        Instant at,
        String action,
        @Nullable String object,
        String outcome,
        @Nullable UUID userId,
        @Nullable String username,
        @Nullable String credentialType,
        @Nullable UUID credentialId,
        @Nullable String client,
        @Nullable UUID connection,
        @Nullable String database,
        @Nullable JsonNode rls,
        @Nullable UUID fingerprint,
        @Nullable String statement,
        @Nullable Integer rows,
        @Nullable Integer bytes,
        @Nullable Integer durationUs,
        String traceId,
        @Nullable JsonNode details,
        String hash) {}
