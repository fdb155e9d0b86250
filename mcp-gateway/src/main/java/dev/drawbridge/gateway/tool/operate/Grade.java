package dev.drawbridge.gateway.tool.operate;

import java.util.Locale;

/// How bad something is. What comes later is worse.
enum Grade {
    OK,
    /// It could not be looked at.
    UNKNOWN,
    NOTICE,
    WARNING,
    CRITICAL;

    static Grade of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
