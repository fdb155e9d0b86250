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
///   stored login, and for those that `rls` names
/// @param signingKey vouches for who asks; null where nothing is signed
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
        @Nullable UUID login,
        @Nullable SigningKey signingKey) {

    /// One whose callers no key vouches for.
    public Target(
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
        this(
                connection,
                version,
                host,
                port,
                username,
                password,
                tlsMode,
                caCertificate,
                mode,
                maxConnections,
                rls,
                login,
                null);
    }

    /// The same server, with another login.
    ///
    /// @param sessions at most
    public Target as(String name, String secret, int sessions) {
        return new Target(
                connection,
                version,
                host,
                port,
                name,
                secret,
                tlsMode,
                caCertificate,
                mode,
                sessions,
                rls,
                login,
                signingKey);
    }

    /// The same, its callers vouched for by another key.
    public Target signedBy(SigningKey key) {
        return new Target(
                connection,
                version,
                host,
                port,
                username,
                password,
                tlsMode,
                caCertificate,
                mode,
                maxConnections,
                rls,
                login,
                key);
    }

    /// Never the password.
    @Override
    public String toString() {
        return "target of connection " + connection;
    }
}
