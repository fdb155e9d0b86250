package dev.drawbridge.audit;

import dev.drawbridge.sql.SecretBox;

import java.time.Instant;

/// Where a chain ends: the number and the hash of its newest record, or 0 and nothing.
///
/// @param at of the newest record
@SuppressWarnings("ArrayRecordComponent") // Compared by their content where they are compared.
public record Head(long seq, byte[] hash, Instant at) {
    /// A chain without a record.
    static final Head NONE = new Head(0, new byte[0], Instant.EPOCH);

    /// What seals and checkpoints are made over.
    String seal(SecretBox secrets, String service, int chain) {
        return secrets.mark("audit-head", content(service, chain));
    }

    /// Whether a seal was made over this head of this chain.
    SecretBox.Mark judge(SecretBox secrets, String service, int chain, String seal) {
        return secrets.judge("audit-head", content(service, chain), seal);
    }

    private byte[] content(String service, int chain) {
        return new Canonical()
                .begin("head.1")
                .text(service)
                .number((long) chain)
                .number(seq)
                .raw(hash)
                .bytes();
    }
}
