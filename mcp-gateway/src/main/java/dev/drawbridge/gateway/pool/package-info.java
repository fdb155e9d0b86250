/// Who gets how many of a database's sessions, and in which order. Knows nothing of sockets.
@org.jspecify.annotations.NullMarked
package dev.drawbridge.gateway.pool;
