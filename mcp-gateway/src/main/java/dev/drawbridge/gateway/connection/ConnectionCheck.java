package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.catalog.Catalogs;
import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Tries a connection with the login that agents would use, and judges that login.
@Singleton
final class ConnectionCheck {
    private final NetworkPolicy network;
    private final Targets targets;
    private final DatabaseNames names;
    private final RowContexts contexts;
    private final Catalogs catalogs;

    ConnectionCheck(
            NetworkPolicy network,
            Targets targets,
            DatabaseNames names,
            RowContexts contexts,
            Catalogs catalogs) {
        this.network = network;
        this.targets = targets;
        this.names = names;
        this.contexts = contexts;
        this.catalogs = catalogs;
    }

    /// What a check found.
    ///
    /// @param latencyMs of one guarded transaction, the session being open
    public record Outcome(
            boolean ok, double latencyMs, String serverVersion, List<String> warnings) {}

    /// Connects and judges. Waits: call it on a virtual thread.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when the host may not be
    ///   reached or the login may do too much, `DATABASE_UNAVAILABLE` when it cannot be used
    Outcome check(Caller caller, Target target, Connection connection) {
        String database = connection.database();
        network.resolve(target.host());
        TargetPool pool = targets.trial(target, database);
        try {
            var who = contexts.of(caller, target.rls(), target.mode());
            if (target.mode().keepsSettings()) {
                requireSettings(await(pool.values(who, Bounds.question(), new CancelSignal())));
            }
            var login = await(pool.values(who, LoginJudgement.question(), new CancelSignal()));
            long started = System.nanoTime();
            await(pool.values(who, Statement.own("select 1"), new CancelSignal()));
            double latencyMs = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started) / 1_000.0;
            var judgement = LoginJudgement.of(login, target.rls());
            requireFit(judgement);
            List<String> warnings = new ArrayList<>(judgement.warnings());
            warnings.addAll(await(catalogs.trial(pool, who, connection.guard())).warnings());
            return new Outcome(true, latencyMs, judgement.serverVersion(), List.copyOf(warnings));
        } finally {
            pool.close();
        }
    }

    /// Names of the databases that the login may connect to. Waits.
    List<String> databases(Caller caller, Target target, String database) {
        return await(names.of(target, database, contexts.of(caller, target.rls(), target.mode())));
    }

    /// Without them nothing would bound what agents run.
    private static void requireSettings(List<List<@Nullable Object>> answer) {
        if (!Boolean.TRUE.equals(answer.getFirst().getFirst())) {
            throw new Problem.Invalid(
                            "mode",
                            "is direct, but something before the server drops what sessions are"
                                    + " started with: it must be session or transaction")
                    .exception();
        }
    }

    private static void requireFit(LoginJudgement login) {
        if (!login.excesses().isEmpty()) {
            throw new Problem.Invalid(
                            "username",
                            "this login is not for agents: it "
                                    + login.excess()
                                    + ". Use one that may only read what agents should see")
                    .exception();
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw failure;
        }
    }
}
