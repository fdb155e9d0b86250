package dev.drawbridge.gateway.mcp.wire;

import java.util.List;
import java.util.Set;

/// The revisions of MCP that the endpoint speaks.
public final class Revisions {
    public static final String STATELESS = "2026-07-28";

    /// Those with sessions, newest first.
    public static final List<String> WITH_SESSIONS =
            List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    /// All, newest first.
    public static final List<String> ALL =
            List.of(STATELESS, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final Set<String> SESSION_SET = Set.copyOf(WITH_SESSIONS);

    private Revisions() {}

    /// Whether a revision begins with `initialize`.
    public static boolean hasSessions(String revision) {
        return SESSION_SET.contains(revision);
    }

    /// Whether a client of a session may send several messages at once. One that asked for a
    /// revision that nobody knows speaks the newest, as it was told.
    public static boolean hasBatches(String asked) {
        return asked.equals("2025-03-26") || asked.equals("2024-11-05");
    }
}
