package dev.drawbridge.auth.link;

import java.util.Locale;

/// What a link is for. It is good for nothing else.
public enum LinkPurpose {
    /// To make an account that someone was asked to have.
    INVITATION,
    /// To make an account that someone asked for.
    REGISTRATION,
    /// To set a new password.
    PASSWORD_RESET,
    /// To show that an address is one's own.
    EMAIL;

    /// As it is written in the table.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The page of the web client that the link opens.
    String page() {
        return "/account/" + text().replace('_', '-');
    }
}
