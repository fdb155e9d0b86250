package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.LoginJudgement;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.PasswordDemand;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.concurrent.Semaphore;

/// Has a database judge a login and its password.
@Singleton
final class LoginTrial {
    private final Targets targets;
    private final RowContexts contexts;
    private final boolean allowPowerful;
    private final Semaphore slots;

    LoginTrial(Targets targets, RowContexts contexts, LoginConfig config) {
        this.targets = targets;
        this.contexts = contexts;
        this.allowPowerful = config.allowPowerful();
        this.slots = new Semaphore(config.concurrency());
    }

    /// Whether another login can be judged now. Who got a yes calls [#run] or [#leave].
    boolean enter() {
        return slots.tryAcquire();
    }

    /// Ends what [#enter] began.
    void leave() {
        slots.release();
    }

    /// Signs in and looks at what the login may do.
    ///
    /// @param target with the login
    /// @return succeeds with nothing for a login that may sign in; fails with
    ///   `AUTHENTICATION_ERROR` when the database refuses it or did not judge a password,
    ///   `AUTHORIZATION_ERROR` when it was right and may not, anything else when it cannot be asked
    Future<Void> run(Caller caller, Connection connection, Target target) {
        return targets.demand(target, connection.database())
                .compose(demand -> signIn(demand, caller, connection, target))
                .map(this::requireFit);
    }

    private Future<LoginJudgement> signIn(
            PasswordDemand demand, Caller caller, Connection connection, Target target) {
        if (!demand.isFit(target.tls().mode())) {
            return Future.failedFuture(
                    new Problem.Unauthenticated("The database does not judge the password.")
                            .exception());
        }
        TargetPool pool = targets.trial(target, connection.database());
        return pool.values(
                        contexts.of(caller, target), LoginJudgement.question(), new CancelSignal())
                .map(rows -> LoginJudgement.of(rows, target.rls()))
                .onComplete(_ -> pool.close());
    }

    @SuppressWarnings("NullAway") // A Future<Void> has no other value.
    private Void requireFit(LoginJudgement login) {
        if (!login.excesses().isEmpty() && !allowPowerful) {
            throw new Problem.Forbidden("to sign in with a login that " + login.excess())
                    .exception();
        }
        return null;
    }
}
