package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;

/// A session for one call, which gives it back or gives it up: once.
final class Lease {
    private final SessionPool pool;
    private final Session session;
    private final Asker asker;
    private final long began = System.nanoTime();

    Lease(SessionPool pool, Session session, Asker asker) {
        this.pool = pool;
        this.session = session;
        this.asker = asker;
    }

    Session session() {
        return session;
    }

    Asker asker() {
        return asker;
    }

    /// Since when, by `System.nanoTime`.
    long began() {
        return began;
    }

    /// The next caller may have it.
    void release() {
        pool.back(this, true);
    }

    /// Nobody gets it again: it is ended, politely if it runs nothing.
    void discard() {
        pool.back(this, false);
    }
}
