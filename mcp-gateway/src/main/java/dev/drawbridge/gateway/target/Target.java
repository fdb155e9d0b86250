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
/// @param caCertificate PEM of the authority to trust; null for the public ones
/// @param maxConnections sessions on the server at most, over all logins, databases and gateways
/// @param login tells sessions of somebody's own login and password from all others; null for the
///   stored login, and for those that `rls` names
/// @param signingKey vouches for who asks; null where nothing is signed
/// @param classes what agents of each class get
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
        @Nullable SigningKey signingKey,
        ClassPolicies classes) {

    /// One whose callers no key vouches for, and who get what is usual in production.
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
                null,
                ClassPolicies.defaults(Environment.PROD));
    }

    /// The same server, with another login.
    public Target as(String name, String secret) {
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
                key,
                classes);
    }

    /// The same, agents getting something else.
    public Target with(ClassPolicies others) {
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
                signingKey,
                others);
    }

    /// Where the database can be reached.
    public List<Endpoint> endpoints() {
        return List.of(endpoint());
    }

    /// The first of them.
    public Endpoint endpoint() {
        return new Endpoint(host, port, mode, Endpoint.Role.PRIMARY, null);
    }

    /// The same at one of them.
    public Target at(Endpoint one) {
        return new Target(
                connection,
                version,
                one.host(),
                one.port(),
                username,
                password,
                tlsMode,
                caCertificate,
                one.mode(),
                maxConnections,
                rls,
                login,
                signingKey,
                classes);
    }

    /// Never the password.
    @Override
    public String toString() {
        return "target of connection " + connection;
    }
}
