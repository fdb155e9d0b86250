package dev.drawbridge.gateway.target;

import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.Environment;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// What it takes to open sessions for a connection.
///
/// @param version changes whenever any of this does; sessions of an older version are not used
///   again
/// @param endpoints where; the first is the one that the connection was registered with
/// @param maxConnections sessions on the server at most, over all logins, databases and gateways
/// @param login tells sessions of somebody's own login and password from all others; null for the
///   stored login, and for those that `rls` names
/// @param signingKey vouches for who asks; null where nothing is signed
/// @param classes what agents of each class get
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
        @Nullable SigningKey signingKey,
        ClassPolicies classes) {

    public Target {
        endpoints = List.copyOf(endpoints);
    }

    /// One of a single server, whose callers no key vouches for, and who get what is usual in
    /// production.
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
                null,
                ClassPolicies.defaults(Environment.PROD));
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
                signingKey,
                classes);
    }

    /// The same servers, with another login.
    public Target as(String name, String secret) {
        return new Target(
                connection,
                version,
                endpoints,
                name,
                secret,
                tls,
                maxConnections,
                rls,
                login,
                signingKey,
                classes);
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
                key,
                classes);
    }

    /// The same, agents getting something else.
    public Target with(ClassPolicies others) {
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
                signingKey,
                others);
    }

    /// Never the password.
    @Override
    public String toString() {
        return "target of connection " + connection;
    }
}
