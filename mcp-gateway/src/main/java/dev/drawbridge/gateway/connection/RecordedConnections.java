package dev.drawbridge.gateway.connection;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Changes of connections, each in one transaction with its record.
@Singleton
final class RecordedConnections {
    private final Db db;
    private final ConnectionRepository repository;
    private final ConnectionSecretRepository secrets;
    private final Audit audit;

    RecordedConnections(
            Db db,
            ConnectionRepository repository,
            ConnectionSecretRepository secrets,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.secrets = secrets;
        this.audit = audit;
    }

    void insert(Caller caller, Connection made, @Nullable String idempotencyKey, String digest) {
        db.transaction(() -> {
            repository.insert(made, idempotencyKey, digest);
            secrets.replace(List.of(), made);
            audit.record(act(caller, GatewayAction.CONNECTION_CREATE, made).with("after", made));
            return made;
        });
    }

    /// False when somebody else changed it before.
    boolean update(Caller caller, Connection before, Connection after) {
        boolean passwordChanged = !before.sealedPassword().equals(after.sealedPassword());
        return db.transaction(() -> {
            boolean changed = repository.update(after, passwordChanged);
            if (changed) {
                secrets.replace(before.secrets(), after);
                audit.record(
                        act(caller, GatewayAction.CONNECTION_CHANGE, after)
                                .with("before", before)
                                .with("after", after)
                                .with("passwordChanged", passwordChanged));
            }
            return changed;
        });
    }

    /// What became of a connection's keys, whose ids alone are recorded. False when somebody else
    /// changed the connection before.
    boolean install(Caller caller, Connection before, Connection after, String what) {
        return db.transaction(() -> {
            boolean stored = after.version() == before.version() || repository.update(after, false);
            if (stored) {
                secrets.replace(before.secrets(), after);
                audit.record(
                        act(caller, GatewayAction.CONNECTION_INSTALL_RLS, after)
                                .with("step", what.toLowerCase(Locale.ROOT))
                                .with("keys", names(after)));
            }
            return stored;
        });
    }

    private static List<String> names(Connection connection) {
        return connection.secrets().stream().map(SealedSecret::name).toList();
    }

    void delete(Caller caller, Connection connection) {
        db.transaction(() -> {
            repository.delete(caller.tenant(), connection.id());
            audit.record(
                    act(caller, GatewayAction.CONNECTION_DELETE, connection)
                            .with("before", connection));
            return connection;
        });
    }

    /// Tries a connection, and records that it was tried and what came of it.
    <T> T test(Caller caller, Connection connection, Supplier<T> attempt) {
        Act tried = act(caller, GatewayAction.CONNECTION_TEST, connection);
        try {
            T outcome = attempt.get();
            audit.record(tried);
            return outcome;
        } catch (ProblemException failed) {
            audit.record(tried.refused(failed.problem()));
            throw failed;
        }
    }

    private static Act act(Caller caller, GatewayAction action, Connection connection) {
        return Act.by(caller, action, connection.object().toString());
    }
}
