package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;

import io.vertx.core.Promise;

/// A call that waits for a session.
///
/// @param since when, by `System.nanoTime`
/// @param deadline until when, likewise
record Waiter(Asker asker, Promise<Lease> promise, long since, long deadline) {}
