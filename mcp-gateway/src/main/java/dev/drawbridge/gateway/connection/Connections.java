package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.cache.ResultCache;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.LoginTargets;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// All connections in memory, so that a tool call asks the datastore nothing. Another replica tells
/// of its changes; one that it could not tell of is seen within [#REFRESH_MS].
@Singleton
public final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final long REFRESH_MS = 2_000;
    private static final String TOPIC = "connections";
    private static final ProtectedObject AREA = ProtectedObject.admin("connections");

    private final ConnectionRepository repository;
    private final StoredTargets stored;
    private final Targets targets;
    private final LoginTargets logins;
    private final Vertx vertx;
    private final ReplicaBus replicas;
    private final ResultCache results;
    private final Event<ConnectionsChanged> changes;
    private volatile Map<UUID, Connection> all = Map.of();
    private volatile boolean anyTakesLogins;
    private volatile String fingerprint = "";

    Connections(
            ConnectionRepository repository,
            StoredTargets stored,
            Targets targets,
            LoginTargets logins,
            Vertx vertx,
            ReplicaBus replicas,
            ResultCache results,
            Event<ConnectionsChanged> changes) {
        this.repository = repository;
        this.stored = stored;
        this.targets = targets;
        this.logins = logins;
        this.vertx = vertx;
        this.replicas = replicas;
        this.results = results;
        this.changes = changes;
    }

    /// After those who listen to changes have started.
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 1_000) StartupEvent event) {
        // Before the first request: a connection that is not loaded yet would not exist.
        load();
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        replicas.hear(TOPIC, _ -> executor.execute(this::refreshIfChanged));
        vertx.setPeriodic(1, REFRESH_MS, _ -> executor.execute(this::refreshIfChanged));
    }

    /// Those that the caller may use something of, by name.
    public List<Connection> visible(Caller caller) {
        return list(connection -> isVisible(caller, connection));
    }

    /// Whether the caller may write on any.
    public boolean anyWritable(Caller caller) {
        return all.values().stream()
                .anyMatch(one ->
                        one.allowWrites()
                                && isVisible(caller, one)
                                && Authorization.reaches(caller, Level.WRITE, one.object()));
    }

    /// Those that the caller may use something of or change, by name.
    List<Connection> known(Caller caller) {
        return list(connection -> isKnown(caller, connection));
    }

    private List<Connection> list(Predicate<Connection> wanted) {
        return all.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Connection::name))
                .toList();
    }

    /// One that the caller may use something of.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` also for one that the caller may
    ///   not know of
    public Connection get(Caller caller, String id) {
        return get(id, connection -> isVisible(caller, connection));
    }

    /// One that the caller may use something of or change.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` as [#get]
    Connection getKnown(Caller caller, String id) {
        return get(id, connection -> isKnown(caller, connection));
    }

    /// One that the caller may change.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` as [#get], or
    ///   `AUTHORIZATION_ERROR` for one that the caller may only use
    Connection administered(Caller caller, String id) {
        Connection connection = getKnown(caller, id);
        if (!isAdministered(caller, connection)) {
            Authorization.require(caller, Level.ADMIN, AREA);
        }
        return connection;
    }

    /// One of a tenant, whoever asks.
    ///
    /// @param reference its id or its name
    public Optional<Connection> of(String tenant, String reference) {
        return all.values().stream()
                .filter(one ->
                        one.tenant().equals(tenant)
                                && (one.id().toString().equals(reference)
                                        || one.name().equals(reference)))
                .findFirst();
    }

    /// Whether the caller may read or write a database of a connection.
    ///
    /// @param database null for the connection's own
    public boolean isOpen(
            Caller caller, Connection connection, @Nullable String database, Level level) {
        String name = database == null ? connection.database() : database;
        return isVisible(caller, connection)
                && (level == Level.READ || connection.allowWrites())
                && Authorization.may(
                        caller, level, ProtectedObject.database(connection.id().toString(), name));
    }

    private Connection get(String id, Predicate<Connection> wanted) {
        return parse(id)
                .map(all::get)
                .filter(wanted)
                .orElseThrow(() ->
                        new Problem.NotFound(
                                        "connection",
                                        id + "; list_connections names those that there are")
                                .exception());
    }

    /// A connection to a database that the caller may read.
    ///
    /// @param database null for the connection's own
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`, or `AUTHORIZATION_ERROR` for a
    ///   database of a visible connection
    public Connection readable(Caller caller, String id, String database) {
        Connection connection = get(caller, id);
        Authorization.require(caller, Level.READ, ProtectedObject.database(id, database));
        return connection;
    }

    /// The same for one that the caller may write.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#readable]; `AUTHORIZATION_ERROR` too
    ///   where nobody may write
    public Connection writable(Caller caller, String id, String database) {
        Connection connection = readable(caller, id, database);
        if (!connection.allowWrites()) {
            throw new Problem.Forbidden("to write on this connection, whose allowWrites is false")
                    .exception();
        }
        Authorization.require(caller, Level.WRITE, ProtectedObject.database(id, database));
        return connection;
    }

    /// One that a login of its database may sign in for. Whoever asks: this is how a caller becomes
    /// known.
    public Optional<Connection> takingLogins(UUID id) {
        return Optional.ofNullable(all.get(id)).filter(Connection::databaseCredentials);
    }

    /// Whether logins of any database may sign in.
    public boolean anyTakesLogins() {
        return anyTakesLogins;
    }

    /// How to open sessions for a caller: with a stored login, or with the caller's own.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a login of a
    ///   database that is not remembered any more, `AUTHORIZATION_ERROR` where each caller has a
    ///   login and this one has none
    public Target target(Caller caller, Connection connection) {
        var shown = caller.credential();
        return shown.type() == CredentialType.DATABASE_LOGIN
                ? logins.get(shown.id(), connection.id(), connection.version())
                : stored.of(caller, connection);
    }

    /// How to open sessions with the connection's own login, for what no caller asks.
    public Target target(Connection connection) {
        return stored.of(connection);
    }

    /// The same with a login of the database that is somebody's own, told from others by its id.
    public Target loginTarget(
            Connection connection, UUID login, String name, String password, int sessions) {
        return stored.of(connection, login, name, password, sessions);
    }

    /// Reads all connections anew, and tells the other replicas to. Blocks.
    void refresh() {
        load();
        replicas.publish(TOPIC, new JsonObject());
    }

    private synchronized void load() {
        String now = repository.fingerprint();
        Map<UUID, Connection> before = all;
        all =
                repository.list().stream()
                        .collect(Collectors.toUnmodifiableMap(Connection::id, Function.identity()));
        anyTakesLogins = all.values().stream().anyMatch(Connection::databaseCredentials);
        fingerprint = now;
        before.keySet().forEach(this::retire);
        changes.fire(new ConnectionsChanged(all.values()));
    }

    private void retire(UUID id) {
        Connection present = all.get(id);
        long version = present == null ? -1 : present.version();
        targets.retireOthers(id, version);
        logins.forgetOthers(id, version);
        stored.forgetOthers(id, version);
        results.forgetOthers(id, version);
    }

    private void refreshIfChanged() {
        try {
            if (!fingerprint.equals(repository.fingerprint())) {
                load();
            }
        } catch (ProblemException unavailable) {
            LOG.warnf("Connections are as they were: %s", unavailable.getMessage());
        }
    }

    private static boolean isVisible(Caller caller, Connection connection) {
        return connection.rls().isOpenTo(caller) && isGranted(caller, connection);
    }

    private static boolean isKnown(Caller caller, Connection connection) {
        return isGranted(caller, connection)
                && (connection.rls().isOpenTo(caller) || isAdministered(caller, connection));
    }

    private static boolean isAdministered(Caller caller, Connection connection) {
        return Authorization.may(caller, Level.ADMIN, connection.object())
                || Authorization.may(caller, Level.ADMIN, AREA);
    }

    private static boolean isGranted(Caller caller, Connection connection) {
        return connection.tenant().equals(caller.tenant())
                && (Authorization.may(caller, Level.READ, connection.object())
                        || Authorization.reaches(caller, Level.READ, connection.object()));
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
