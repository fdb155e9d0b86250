package dev.drawbridge.audit;

import java.util.HexFormat;
import java.util.UUID;

/// A statement without its literals, and the fingerprint that tells it from others.
///
/// @param fingerprint the first half of the SHA-256 over the text
public record StatementText(UUID fingerprint, String text) {
    private static final int LONGEST = 8_192;

    /// A longer text is cut, and told from others of the same beginning by a digest of the whole,
    /// so that agents cannot fill the audit with texts.
    public static StatementText of(String text) {
        String kept = text.replace('\0', '\ufffd');
        if (text.length() > LONGEST) {
            String digest =
                    HexFormat.of().formatHex(new Canonical().begin("whole.1").text(text).sha256());
            kept = kept.substring(0, LONGEST) + " … cut, SHA-256 " + digest;
        }
        return new StatementText(addressOf(kept), kept);
    }

    static UUID addressOf(String text) {
        return new Canonical().begin("statement.1").text(text).address();
    }
}
