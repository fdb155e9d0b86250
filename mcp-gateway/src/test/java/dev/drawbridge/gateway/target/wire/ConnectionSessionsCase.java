package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.ClassPolicy;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.AgentClass;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// One connection with the sessions and classes that a test wants, on a real server.
abstract class ConnectionSessionsCase extends TargetPoolCase {
    final Targets targets = targets(config());
    TargetPool pool;
    UUID connection;

    @AfterEach
    void close() {
        pool.close();
        Awaitility.await().until(() -> onServer() == 0);
    }

    Target open(int sessions, UnaryOperator<ClassPolicy> change) {
        Target plain = target(postgres.port(), PoolMode.DIRECT);
        Target target =
                new Target(
                        plain.connection(),
                        1,
                        plain.endpoints(),
                        plain.username(),
                        plain.password(),
                        plain.tls(),
                        sessions,
                        plain.rls(),
                        null,
                        null,
                        ClassPolicies.defaults(Environment.PROD).map(change));
        connection = target.connection();
        pool = targets.pool(target, "postgres");
        return target;
    }

    PoolState state(AgentClass kind) {
        return targets.states(connection).pools().stream()
                .filter(one -> one.agentClass() == kind)
                .findFirst()
                .orElseThrow();
    }

    static Future<EncodedRows> read(TargetPool pool, RowContext who, String sql) {
        return pool.encoded(who, statement(sql, 0, 1), new CancelSignal());
    }

    static RowContext asker(AgentClass kind) {
        var asker = new Asker(kind, UUID.randomUUID(), UUID.randomUUID());
        return new RowContext(nobody.sql(), nobody.values(), "{}", asker);
    }

    static ClassPolicy within(ClassPolicy policy, Duration wait) {
        return changed(policy, wait, policy.idleTimeout(), policy.share());
    }

    static ClassPolicy idle(ClassPolicy policy, Duration idle) {
        return changed(policy, policy.queueWait(), idle, policy.share());
    }

    static ClassPolicy shared(ClassPolicy policy, int share) {
        return changed(policy, Duration.ofSeconds(10), policy.idleTimeout(), share);
    }

    static ClassPolicy changed(ClassPolicy policy, Duration wait, Duration idle, int share) {
        return new ClassPolicy(
                policy.sessions(),
                policy.queueLength(),
                wait,
                policy.statementTimeout(),
                idle,
                policy.priority(),
                share);
    }

    static int onServer() {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where usename = 'agent'")) {
            rows.next();
            return rows.getInt(1);
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
