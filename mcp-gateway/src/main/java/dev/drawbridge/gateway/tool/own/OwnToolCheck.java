package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.tool.KeptStatements;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

/// Holds a definition against the database that it is for: the guard, the catalog, and the server's
/// own word.
@Singleton
public final class OwnToolCheck {
    private final Connections connections;
    private final SqlGuard guard;
    private final KeptStatements statements;

    OwnToolCheck(Connections connections, SqlGuard guard, KeptStatements statements) {
        this.connections = connections;
        this.guard = guard;
        this.statements = statements;
    }

    /// What the database makes of a tool.
    ///
    /// @return fails with `VALIDATION_ERROR` that names the field and the place in the statement;
    ///   `DATABASE_UNAVAILABLE`, `OVERLOADED` when nobody can say
    Future<Described> check(String tenant, OwnToolDefinition tool) {
        Connection connection = connection(tenant, tool.connection());
        String database = tool.database() == null ? connection.database() : tool.database();
        boolean writes = tool.access() == OwnToolDefinition.Access.WRITE;
        if (writes && !connection.allowWrites()) {
            throw OwnText.invalid("access", "is write, but the connection's allowWrites is false");
        }
        NamedSql sql = tool.named();
        Future<Described> described =
                writes
                        ? guard.write(sql.text(), connection.writeMode())
                                .compose(it -> statements.described(connection, database, it))
                        : guard.read(sql.text())
                                .compose(it -> statements.described(connection, database, it));
        return described
                .recover(failure -> Future.failedFuture(told(failure, sql)))
                .map(found -> {
                    OwnSchema.input(tool, found);
                    OwnSchema.output(tool, found);
                    return found;
                });
    }

    /// The connection that a definition names.
    ///
    /// @throws ProblemException `VALIDATION_ERROR` when the tenant has none
    Connection connection(String tenant, String reference) {
        return connections
                .of(tenant, reference)
                .orElseThrow(() -> OwnText.invalid("connection", "is not there: " + reference));
    }

    private static Throwable told(Throwable failure, NamedSql sql) {
        return failure instanceof ProblemException known
                ? OwnProblems.invalid(known.problem(), sql::written)
                : failure;
    }
}
