package dev.drawbridge.gateway.connection;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// Changes of connections, each in one transaction with its record.
@Singleton
final class RecordedConnections {
    private final Db db;
    private final ConnectionRepository repository;
    private final Audit audit;

    RecordedConnections(Db db, ConnectionRepository repository, Audit audit) {
        this.db = db;
        this.repository = repository;
        this.audit = audit;
    }

    void insert(Caller caller, Connection made, @Nullable String idempotencyKey, String digest) {
        db.transaction(() -> {
            repository.insert(made, idempotencyKey, digest);
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
                audit.record(
                        act(caller, GatewayAction.CONNECTION_CHANGE, after)
                                .with("before", before)
                                .with("after", after)
                                .with("passwordChanged", passwordChanged));
            }
            return changed;
        });
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
