package dev.drawbridge.gateway.pool;

import java.util.UUID;

/// The budgets of all connections.
public interface Budgets {
    /// The budget of a connection.
    ///
    /// @param most sessions that all gateways together may have open, from now on
    Budget of(UUID connection, int most);

    /// Nobody uses the connection here any more.
    void forget(UUID connection);
}
