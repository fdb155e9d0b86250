package dev.drawbridge.audit;

import java.util.List;

/// What became of a proof.
///
/// @param records how many there are
/// @param proved how many are as they were written
/// @param heads where the chains end, to keep outside and compare with later
/// @param unfinished what was recorded before it ran and never after: `{service}/{chain}/{seq}`
public record AuditReport(
        long records,
        long proved,
        List<Standing> heads,
        List<String> unfinished,
        List<Finding> findings) {

    /// The end of a chain.
    ///
    /// @param hash in hexadecimal digits
    public record Standing(String service, int chain, long seq, String hash) {}

    /// Whether nothing is wrong.
    public boolean isProved() {
        return findings.isEmpty();
    }
}
