package dev.drawbridge.gateway.change;

/// Somebody's wish to be told of changes, until it is closed.
@FunctionalInterface
public interface Hearing extends AutoCloseable {
    @Override
    void close();
}
