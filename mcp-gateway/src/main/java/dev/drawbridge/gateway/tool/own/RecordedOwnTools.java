package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// Changes of own tools, each in one transaction with its record.
@Singleton
final class RecordedOwnTools {
    private final Db db;
    private final OwnToolRepository repository;
    private final Audit audit;

    RecordedOwnTools(Db db, OwnToolRepository repository, Audit audit) {
        this.db = db;
        this.repository = repository;
        this.audit = audit;
    }

    /// Adds one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when somebody has added it
    void define(Caller caller, OwnToolDefinition made, Described described) {
        db.transaction(() -> {
            long version = repository.newest(caller.tenant(), made.name()) + 1;
            if (!repository.add(
                    caller.tenant(), made.name(), version, made, described, caller.username())) {
                throw new Problem.Conflict("There is a tool of that name.").exception();
            }
            audit.record(act(caller, GatewayAction.TOOL_DEFINE, made).with("after", made));
            return made;
        });
    }

    /// Changes one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `PRECONDITION_FAILED` when somebody else
    ///   changed it before
    void change(Caller caller, StoredTool before, OwnToolDefinition after, Described described) {
        db.transaction(() -> {
            if (!repository.add(
                    caller.tenant(),
                    after.name(),
                    before.version() + 1,
                    after,
                    described,
                    caller.username())) {
                throw new Problem.StaleVersion("tool").exception();
            }
            audit.record(
                    act(caller, GatewayAction.TOOL_CHANGE, after)
                            .with("before", before.definition())
                            .with("after", after));
            return after;
        });
    }

    /// Removes one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#change]
    void remove(Caller caller, StoredTool before) {
        OwnToolDefinition gone = before.definition();
        db.transaction(() -> {
            if (!repository.add(
                    caller.tenant(),
                    gone.name(),
                    before.version() + 1,
                    null,
                    null,
                    caller.username())) {
                throw new Problem.StaleVersion("tool").exception();
            }
            audit.record(act(caller, GatewayAction.TOOL_REMOVE, gone).with("before", gone));
            return gone;
        });
    }

    private static Act act(Caller caller, GatewayAction action, OwnToolDefinition tool) {
        return Act.by(caller, action, ProtectedObject.tool(tool.name()).toString());
    }
}
