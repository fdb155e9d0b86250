package dev.drawbridge.gateway.tool.operate;

/// What a report of sessions leaves out, and why.
final class Sessions {
    private Sessions() {}

    /// @param texts whether texts of statements were shown
    static String notes(Report report, boolean texts) {
        long unknown = report.number("statesNotShown");
        String states =
                unknown == 0
                        ? ""
                        : "\nOf "
                                + Quantity.count(unknown, "session", "sessions")
                                + " of other roles the login does not see the state: grant it"
                                + " pg_read_all_stats (pg_monitor has it).";
        return texts
                ? states
                : states + "\nLeft out: statement texts; they take admin on the database.";
    }
}
