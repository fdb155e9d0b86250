package dev.drawbridge.gateway.own;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// Changes of what tenants define, each in one transaction with its record.
@Singleton
public final class RecordedOwn {
    private final Db db;
    private final OwnRepository repository;
    private final Audit audit;

    RecordedOwn(Db db, OwnRepository repository, Audit audit) {
        this.db = db;
        this.repository = repository;
        this.audit = audit;
    }

    /// Adds one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when somebody has added it
    <D extends OwnDefinition> void define(
            OwnKind<D, ?> kind, Caller caller, D made, Described described) {
        db.transaction(() -> {
            long version = repository.newest(kind, caller.tenant(), made.name()) + 1;
            if (!repository.add(kind, caller, made.name(), version, made, described)) {
                throw new Problem.Conflict("There is a %s of that name.".formatted(kind.word()))
                        .exception();
            }
            audit.record(act(kind, kind.actions().define(), caller, made).with("after", made));
            return made;
        });
    }

    /// Changes one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `PRECONDITION_FAILED` when somebody else
    ///   changed it before
    <D extends OwnDefinition> void change(
            OwnKind<D, ?> kind, Caller caller, OwnStored<D> before, D after, Described described) {
        db.transaction(() -> {
            long version = before.version() + 1;
            if (!repository.add(kind, caller, after.name(), version, after, described)) {
                throw new Problem.StaleVersion(kind.word()).exception();
            }
            audit.record(
                    act(kind, kind.actions().change(), caller, after)
                            .with("before", before.definition())
                            .with("after", after));
            return after;
        });
    }

    /// Removes one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#change]
    <D extends OwnDefinition> void remove(OwnKind<D, ?> kind, Caller caller, OwnStored<D> before) {
        D gone = before.definition();
        db.transaction(() -> {
            if (!repository.add(kind, caller, gone.name(), before.version() + 1, null, null)) {
                throw new Problem.StaleVersion(kind.word()).exception();
            }
            audit.record(act(kind, kind.actions().remove(), caller, gone).with("before", gone));
            return gone;
        });
    }

    private static <D extends OwnDefinition> Act act(
            OwnKind<D, ?> kind, GatewayAction action, Caller caller, D definition) {
        return Act.by(caller, action, kind.object(definition).toString());
    }
}
