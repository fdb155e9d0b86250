package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// What it takes to open sessions for a connection.
///
/// @param version changes whenever any of this does; sessions of an older version are not used
///   again
/// @param caCertificate PEM of the authority to trust; null for the public ones
/// @param maxConnections sessions on the server at most
/// @param login tells sessions of somebody's own login and password from all others; null for the
///   stored login
public record Target(
        UUID connection,
        long version,
        String host,
        int port,
        String username,
        String password,
        TlsMode tlsMode,
        @Nullable String caCertificate,
        PoolMode mode,
        int maxConnections,
        Rls rls,
        @Nullable UUID login) {

    /// Never the password.
    @Override
    public String toString() {
        return "target of connection " + connection;
    }
}
