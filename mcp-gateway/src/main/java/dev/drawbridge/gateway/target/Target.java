package dev.drawbridge.gateway.target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// What it takes to open sessions for a connection.
///
/// @param version changes whenever any of this does; sessions of an older version are not used
///   again
/// @param endpoints where; the first is the one that the connection was registered with
/// @param maxConnections sessions on the server at most
/// @param login tells sessions of somebody's own login and password from all others; null for the
///   stored login, and for those that `rls` names
/// @param signingKey vouches for who asks; null where nothing is signed
public record Target(
        UUID connection,
        long version,
        List<Endpoint> endpoints,
        String username,
        String password,
        Tls tls,
        int maxConnections,
        Rls rls,
        @Nullable UUID login,
        @Nullable SigningKey signingKey) {

    public Target {
        endpoints = List.copyOf(endpoints);
    }

    /// One of a single server, whose callers no key vouches for.
    public Target(
            UUID connection,
            long version,
            String host,
            int port,
            String username,
            String password,
            TlsMode tlsMode,
            @Nullable String authority,
            PoolMode mode,
            int maxConnections,
            Rls rls,
            @Nullable UUID login) {
        this(
                connection,
                version,
                List.of(new Endpoint(host, port, mode, Endpoint.Role.PRIMARY, null)),
                username,
                password,
                new Tls(tlsMode, authority),
                maxConnections,
                rls,
                login,
                null);
    }

    /// The endpoint that the connection was registered with.
    public Endpoint endpoint() {
        return endpoints.getFirst();
    }

    /// Whether settings that a session is started with hold in its transactions, wherever it goes.
    public boolean keepsSettings() {
        return endpoints.stream().allMatch(one -> one.mode().keepsSettings());
    }

    /// The same, at one endpoint alone.
    public Target at(Endpoint one) {
        return new Target(
                connection,
                version,
                List.of(one),
                username,
                password,
                tls,
                maxConnections,
                rls,
                login,
                signingKey);
    }

    /// The same servers, with another login.
    ///
    /// @param sessions at most
    public Target as(String name, String secret, int sessions) {
        return new Target(
                connection,
                version,
                endpoints,
                name,
                secret,
                tls,
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
                endpoints,
                username,
                password,
                tls,
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
