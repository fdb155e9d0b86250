package dev.drawbridge.gateway.connection;

import java.util.Collection;

/// Says which connections there are now.
public record ConnectionsChanged(Collection<Connection> all) {}
