package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A record in its place, as it is stored.
///
/// @param context the address of its [Context]
/// @param statement the fingerprint of its [StatementText]
/// @param prev the hash of the record before it; empty for the first
/// @param hash over all of it
@SuppressWarnings("ArrayRecordComponent") // Compared by their content where they are compared.
public record ChainedRecord(
        int chain,
        long seq,
        Instant at,
        UUID context,
        String action,
        @Nullable String object,
        String outcome,
        UUID trace,
        @Nullable UUID statement,
        @Nullable Integer rows,
        @Nullable Integer bytes,
        @Nullable Integer durationUs,
        @Nullable String details,
        byte[] prev,
        byte[] hash) {

    /// The SHA-256 that a record of this service with these fields must have.
    ///
    /// @param service the schema that holds the chain: chains of two services are not exchangeable
    byte[] expectedHash(Canonical canonical, String service) {
        return canonical
                .begin("record.1")
                .text(service)
                .number((long) chain)
                .number(seq)
                .raw(prev)
                .number(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .id(context)
                .text(action)
                .text(object)
                .text(outcome)
                .id(trace)
                .id(statement)
                .number(rows)
                .number(bytes)
                .number(durationUs)
                .text(details)
                .sha256();
    }

    ChainedRecord withHash(byte[] hash) {
        return new ChainedRecord(
                chain,
                seq,
                at,
                context,
                action,
                object,
                outcome,
                trace,
                statement,
                rows,
                bytes,
                durationUs,
                details,
                prev,
                hash);
    }
}
