package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.pool.Policies;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How to open sessions with the logins that connections store.
@Singleton
final class StoredTargets {
    /// The connection's own login among those of its callers, none of which has an empty name.
    private static final String OWN = "";

    private final ConnectionSecrets secrets;
    private final Policies policies;
    private final Map<Key, Target> opened = new ConcurrentHashMap<>();

    StoredTargets(ConnectionSecrets secrets, Policies policies) {
        this.secrets = secrets;
        this.policies = policies;
    }

    private record Key(UUID connection, String login) {}

    /// With the login that the connection has for a caller.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` where each caller has
    ///   a login and this one has none
    Target of(Caller caller, Connection connection) {
        Rls rls = connection.rls();
        return of(connection, rls.mode() == Rls.Mode.ROLE ? rls.loginOf(caller) : OWN);
    }

    /// With the connection's own login.
    Target of(Connection connection) {
        return of(connection, OWN);
    }

    private Target of(Connection connection, String login) {
        var key = new Key(connection.id(), login);
        Target ready = opened.get(key);
        if (ready != null && ready.version() == connection.version()) {
            return ready;
        }
        return Objects.requireNonNull(
                opened.compute(
                        key,
                        (_, known) ->
                                known != null && known.version() == connection.version()
                                        ? known
                                        : open(connection, login)));
    }

    /// With a login of the database that is somebody's own. Nothing says who asks but the login
    /// itself.
    ///
    /// @param login what tells these sessions from all others
    /// @param sessions at most, for each class of agents
    Target of(Connection connection, UUID login, String name, String password, int sessions) {
        return new Target(
                connection.id(),
                connection.version(),
                connection.allEndpoints(),
                name,
                password,
                secrets.tls(connection),
                connection.maxConnections(),
                Rls.NONE,
                login,
                null,
                policies.of(connection.environment(), connection.pools()).atMost(sessions));
    }

    /// What sessions with the own login need, whether or not the connection is stored yet.
    Target open(Connection connection) {
        return open(connection, OWN);
    }

    /// The same for each of `rls.logins`, by name, in its order.
    Map<String, Target> openLogins(Connection connection) {
        Map<String, Target> targets = new LinkedHashMap<>();
        connection
                .rls()
                .logins()
                .keySet()
                .forEach(name -> targets.put(name, open(connection, name)));
        return targets;
    }

    private Target open(Connection connection, String login) {
        Target own =
                new Target(
                        connection.id(),
                        connection.version(),
                        connection.allEndpoints(),
                        connection.username(),
                        secrets.password(connection),
                        secrets.tls(connection),
                        connection.maxConnections(),
                        connection.rls(),
                        null,
                        secrets.signing(connection),
                        policies.of(connection.environment(), connection.pools()));
        if (login.equals(OWN)) {
            return own;
        }
        var logins = connection.rls().logins();
        return own.as(
                Objects.requireNonNull(logins.get(login)).username(),
                secrets.password(connection, login));
    }

    /// Forgets every version of a connection but this one.
    void forgetOthers(UUID connection, long version) {
        opened.values()
                .removeIf(target ->
                        target.connection().equals(connection) && target.version() != version);
    }
}
