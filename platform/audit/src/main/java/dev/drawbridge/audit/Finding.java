package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

/// Something that is not as the chains say it must be.
///
/// @param record `{service}/{chain}/{seq}`, with a range where several are meant; null where no
///   single record is
/// @param chain `{service}/{chain}`
/// @param sentence for a person
public record Finding(Kind kind, String chain, @Nullable String record, String sentence) {
    /// What is wrong.
    public enum Kind {
        /// A record is not there.
        MISSING,
        /// A record, or what it refers to, is not what was hashed.
        CHANGED,
        /// A record is there that its chain does not know.
        FORGED,
        /// A whole chain is not there.
        CHAIN_MISSING,
        /// The head or a checkpoint of a chain was made without the key.
        SEAL_FALSE,
        /// The seal's key is not in the key file, so it proves nothing.
        SEAL_UNPROVED
    }
}
