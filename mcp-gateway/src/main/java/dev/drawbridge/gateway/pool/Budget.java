package dev.drawbridge.gateway.pool;

/// How many sessions this gateway may have open on one connection, over all of its databases,
/// logins and classes.
public interface Budget {
    /// So many now. Where more are open, those that nobody uses are closed. Read for every call:
    /// cheap.
    int size();

    /// So many, as far as is known, if all were wanted: no less than [#size].
    int most();

    /// Takes the right to open one more session, if there is one.
    boolean take();

    /// Gives it back: the session is closed, or was not opened.
    void give();

    /// Says what is wanted. Cheap, and may be said often.
    ///
    /// @param used sessions that would be used if there were enough: those in use, and one for each
    ///   call that waits
    /// @param open sessions that would be open then, those that nobody uses among them
    void wants(int used, int open);

    /// Runs `listener` whenever there is more or less.
    void onChange(Runnable listener);
}
