package dev.drawbridge.gateway.pool;

/// How many sessions this gateway may have open on one connection, over all of its databases,
/// logins and classes.
public interface Budget {
    /// So many now. Read for every call: cheap.
    int size();

    /// Says how many sessions would be used if there were enough: those in use, and one for each
    /// call that waits. Cheap, and may be said often.
    void wants(int sessions);

    /// Runs `listener` whenever there is more or less.
    void onChange(Runnable listener);
}
