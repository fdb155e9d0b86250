package dev.drawbridge.gateway.client;

import java.util.Locale;
import java.util.Optional;

/// How grave a message to a client is: the levels of MCP, which are those of RFC 5424, gravest
/// last.
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /// As MCP writes it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what MCP writes.
    public static Optional<LogLevel> of(String text) {
        for (LogLevel level : values()) {
            if (level.text().equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
