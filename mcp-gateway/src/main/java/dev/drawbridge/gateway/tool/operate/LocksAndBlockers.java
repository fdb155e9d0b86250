package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Set;

/// Who waits for whom.
@Singleton
final class LocksAndBlockers implements Tool {
    static final String SQL = OperateSql.read("locks");

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "locks_and_blockers",
                    "Locks and blockers",
                    "Sessions of the database that wait for a lock, as a tree: first who blocks and"
                            + " waits for nobody, below whom it blocks, on what, for how long.",
                    Schemas.onDatabase().optional("literals", StatementTexts.literals()).closed(),
                    Schemas.of()
                            .required("summary", Schemas.typed("string"))
                            .required("waiting", Schemas.typed("integer"))
                            .required("roots", Schemas.list(Schemas.typed("object")))
                            .open(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.OPERATE));

    private final Databases databases;

    LocksAndBlockers(Databases databases) {
        this.databases = databases;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Databases.Database database = databases.of(call);
        boolean texts = database.isAdministered();
        return Report.ask(database, SQL, texts)
                .map(report -> {
                    StatementTexts.prepare(report, "sessions", call.flag("literals"));
                    return Outcome.done(answer(BlockTree.of(report.list("sessions")), texts));
                });
    }

    private static ToolAnswer answer(BlockTree tree, boolean texts) {
        String summary = tree.summary();
        String left = texts ? "" : "Left out: statement texts; they take admin on the database.";
        String text =
                tree.waiting() == 0
                        ? summary
                        : summary + "\n" + UntrustedText.enclose(tree.text(), left);
        return new ToolAnswer(text, tree.json().put("summary", summary).encode(), tree.waiting());
    }
}
