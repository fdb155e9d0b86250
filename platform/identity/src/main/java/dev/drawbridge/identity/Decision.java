package dev.drawbridge.identity;

/// What decides how much a caller may do on one object.
///
/// @param granted what the caller's groups give; `admin` for a superuser
/// @param letThrough what the credential's scopes let through; `admin` for an unscoped one
public record Decision(Level granted, Level letThrough) {

    /// The level that holds: the least of both.
    public Level level() {
        return Level.min(granted, letThrough);
    }
}
