package dev.drawbridge.gateway.own;

/// What somebody defines, as it is written; whole in itself.
public interface OwnDefinition {
    /// What no other of its kind and tenant is called.
    String name();
}
