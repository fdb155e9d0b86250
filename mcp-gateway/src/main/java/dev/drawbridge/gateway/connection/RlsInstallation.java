package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Brings a target's verifier and keys in line with a connection in mode `signed`, and changes its
/// keys: a new one signs when the target is known to have it, an old one goes when nothing is
/// signed with it any more.
@Singleton
final class RlsInstallation {
    private final Connections connections;
    private final ConnectionSecrets secrets;
    private final StoredTargets stored;
    private final RecordedConnections recorded;
    private final RlsCheck check;
    private final Targets targets;
    private final RowContexts contexts;

    RlsInstallation(
            Connections connections,
            ConnectionSecrets secrets,
            StoredTargets stored,
            RecordedConnections recorded,
            RlsCheck check,
            Targets targets,
            RowContexts contexts) {
        this.connections = connections;
        this.secrets = secrets;
        this.stored = stored;
        this.recorded = recorded;
        this.check = check;
        this.targets = targets;
        this.contexts = contexts;
    }

    /// A key, without its value.
    ///
    /// @param signs whether the target is taken to have it; the newest of those signs
    public record Key(String id, boolean signs) {}

    /// What was done.
    ///
    /// @param sql to be run on the target; null when it was
    public record Outcome(boolean applied, List<Key> keys, @Nullable String sql) {}

    /// Waits: call it on a virtual thread.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when the keys are not in a state
    ///   for what is wanted, `VALIDATION_ERROR` for a login that the target refuses
    Outcome run(Caller caller, Connection connection, InstallRls wanted) {
        if (connection.rls().mode() != Rls.Mode.SIGNED) {
            throw new Problem.Conflict("rls.mode of this connection is not signed.").exception();
        }
        String database = wanted.database() == null ? connection.database() : wanted.database();
        String login = login(caller, connection, database);
        Connection changed =
                store(
                        caller,
                        connection,
                        changed(caller, connection, wanted.keys()),
                        wanted.keys().name());
        var script = RlsScript.of(login, secrets.keys(changed));
        if (wanted.username() == null) {
            return new Outcome(false, keys(changed), script.text());
        }
        apply(changed, database, wanted, script);
        Connection used = store(caller, changed, allUsed(changed), "applied");
        return new Outcome(true, keys(used), null);
    }

    private List<SealedSecret> changed(Caller caller, Connection connection, InstallRls.Keys keys) {
        List<SealedSecret> present = connection.keys();
        SealedSecret newest = present.getLast();
        return switch (keys) {
            case KEEP -> present;
            case ROTATE -> {
                requireState(
                        present.size() == 1, "There are two keys: retire the older one first.");
                yield List.of(newest, secrets.newKey(connection.id(), false));
            }
            case USE -> {
                requireState(
                        check.knows(caller, connection, newest(connection)),
                        "The database does not know the newest key.");
                yield allUsed(connection);
            }
            case RETIRE -> {
                requireState(
                        present.size() == 2 && newest.inUse(),
                        "There is no older key that nothing is signed with: rotate, and use the"
                                + " new one, first.");
                yield List.of(newest);
            }
        };
    }

    private SigningKey newest(Connection connection) {
        return secrets.keys(connection).getLast();
    }

    private static List<SealedSecret> allUsed(Connection connection) {
        return connection.keys().stream().map(SealedSecret::used).toList();
    }

    /// Recorded even when nothing changes: the keys go out.
    private Connection store(
            Caller caller, Connection before, List<SealedSecret> keys, String what) {
        boolean same = keys.equals(before.keys());
        Connection after = same ? before : before.withKeys(keys);
        if (!recorded.install(caller, before, after, what)) {
            throw new Problem.StaleVersion("connection").exception();
        }
        if (!same) {
            connections.refresh();
        }
        return after;
    }

    /// Who the connection's sessions are to the server, whatever stands before it.
    private String login(Caller caller, Connection connection, String database) {
        Target target = stored.open(connection);
        TargetPool pool = targets.trial(target, database);
        try {
            var answer =
                    pool.values(
                            contexts.of(caller, target),
                            Statement.own("select session_user::text"),
                            new CancelSignal());
            return String.valueOf(Waiting.on(answer).getFirst().getFirst());
        } finally {
            pool.close();
        }
    }

    private void apply(
            Connection connection, String database, InstallRls wanted, RlsScript script) {
        Target administrator =
                new Target(
                        connection.id(),
                        connection.version(),
                        List.of(connection.endpoint().in(PoolMode.SESSION)),
                        Objects.requireNonNull(wanted.username()),
                        Objects.requireNonNull(wanted.password()),
                        secrets.tls(connection),
                        1,
                        Rls.NONE,
                        UUID.randomUUID(),
                        null,
                        ClassPolicies.defaults(connection.environment()));
        try {
            Waiting.on(targets.administer(administrator, database, script.runnable()));
        } catch (ProblemException failed) {
            throw failed.problem() instanceof Problem.Unauthenticated refused
                    ? new Problem.Invalid("password", "is not right: " + refused.reason())
                            .exception(failed)
                    : failed;
        }
    }

    private static List<Key> keys(Connection connection) {
        return connection.keys().stream()
                .map(secret -> new Key(secret.keyId(), secret.inUse()))
                .toList();
    }

    private static void requireState(boolean good, String otherwise) {
        if (!good) {
            throw new Problem.Conflict(otherwise).exception();
        }
    }
}
