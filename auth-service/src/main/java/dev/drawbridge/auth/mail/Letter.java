package dev.drawbridge.auth.mail;

import dev.drawbridge.auth.name.EmailAddress;

/// A letter in plain text. Its text may hold a link that works once: it is never logged.
public record Letter(EmailAddress to, String subject, String text) {
    /// Never the text.
    @Override
    public String toString() {
        return "Letter[" + subject + "]";
    }
}
