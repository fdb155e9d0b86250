package dev.drawbridge.gateway.target;

import java.util.List;

/// Who asks and how much they may use, as one prepared statement that sets it all for the
/// transaction only. Session-scoped settings would leak to the next caller under any pooler.
///
/// @param sql the same text for every caller of a connection, so that it is prepared once a session
/// @param values what differs between callers, in the order of `$1`, `$2` …
/// @param description for the audit, a JSON object: the mode, the role, the settings with their
///   values
public record RowContext(String sql, List<String> values, String description) {}
