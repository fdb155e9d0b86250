package dev.drawbridge.audit;

/// What can be done; each service lists its own in an enum.
public interface Action {
    /// How it is recorded: a noun and a verb, such as `user.create`.
    String text();
}
