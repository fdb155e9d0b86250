package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;

import io.netty.channel.EventLoop;
import io.vertx.core.Promise;

/// A call that waits for a session.
///
/// @param loop of the call
/// @param since when, by `System.nanoTime`
/// @param deadline until when, likewise
record Waiter(Asker asker, EventLoop loop, Promise<Lease> promise, long since, long deadline) {}
