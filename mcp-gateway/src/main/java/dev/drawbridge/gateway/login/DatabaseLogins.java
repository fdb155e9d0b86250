package dev.drawbridge.gateway.login;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.LoginTargets;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Finds the caller behind a login of a database: remembered, or judged by that database.
@Singleton
final class DatabaseLogins {
    private static final Logger LOG = Logger.getLogger(DatabaseLogins.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Connections connections;
    private final LoginTrial trial;
    private final LoginAttempts attempts;
    private final LoginTargets targets;
    private final LoginOutcomes outcomes;
    private final LoginDigest digest = new LoginDigest();
    private final int poolSize;
    private final AsyncCache<LoginDigest.Key, Caller> remembered;

    DatabaseLogins(
            Connections connections,
            LoginTrial trial,
            LoginAttempts attempts,
            LoginTargets targets,
            LoginConfig config,
            LoginOutcomes outcomes) {
        this.connections = connections;
        this.trial = trial;
        this.attempts = attempts;
        this.targets = targets;
        this.outcomes = outcomes;
        this.poolSize = config.poolSize();
        if (config.rememberFor().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("gateway.login.remember-for is more than 5m");
        }
        this.remembered =
                Caffeine.newBuilder()
                        .maximumSize(config.remembered())
                        .expireAfterWrite(config.rememberFor())
                        .buildAsync();
    }

    /// The caller that a credential stands for.
    ///
    /// @param address of who sent it
    /// @return fails with `AUTHENTICATION_ERROR` for all that is wrong, which is not said;
    ///   `RATE_LIMITED` and `OVERLOADED` before anything is judged; `AUTHORIZATION_ERROR` for a
    ///   right login that may not sign in
    Future<Caller> caller(BasicCredential credential, ClientAddress address) {
        UUID named = credential.connection();
        var connection =
                Optional.ofNullable(named)
                        .flatMap(connections::takingLogins)
                        .filter(one -> new Reach(address.text()).isFrom(one.networks()))
                        .orElse(null);
        if (connection == null) {
            return unknown(credential, address);
        }
        LoginDigest.Key key = digest.of(connection, credential);
        CompletableFuture<Caller> known =
                remembered.get(
                        key,
                        (_, _) ->
                                judge(connection, credential, key, address)
                                        .toCompletionStage()
                                        .toCompletableFuture());
        return known.state() == CompletableFuture.State.SUCCESS
                ? Future.succeededFuture(known.resultNow())
                : Future.fromCompletionStage(known);
    }

    /// The refusal of what cannot be a login at all, which is recorded and not counted.
    ///
    /// @param address of who sent it
    ProblemException refuse(ClientAddress address) {
        ProblemException refusal = refused();
        outcomes.refused(null, address, refusal.problem());
        return refusal;
    }

    /// Counted as if there were such a connection.
    private Future<Caller> unknown(BasicCredential credential, ClientAddress address) {
        ProblemException failure = refused();
        try {
            attempts.spend(credential, address);
        } catch (ProblemException limited) {
            failure = limited;
        }
        outcomes.refused(null, address, failure.problem());
        return Future.failedFuture(failure);
    }

    private Future<Caller> judge(
            Connection connection,
            BasicCredential credential,
            LoginDigest.Key key,
            ClientAddress address) {
        try {
            outcomes.requireRoom();
            attempts.spend(credential, address);
            if (!trial.enter()) {
                attempts.refund(credential, address);
                throw new Problem.Overloaded(Duration.ofSeconds(1)).exception();
            }
        } catch (ProblemException limited) {
            outcomes.refused(connection, address, limited.problem());
            return Future.failedFuture(limited);
        }
        Caller caller = LoginCaller.of(connection, credential.login(), key.credential());
        Target target =
                connections.loginTarget(
                        connection,
                        key.credential(),
                        credential.login(),
                        credential.password(),
                        poolSize);
        return Future.succeededFuture(target)
                .compose(wanted -> trial.run(caller, connection, wanted))
                .map(_ -> {
                    attempts.refund(credential, address);
                    targets.remember(key.credential(), target);
                    outcomes.right(caller, connection, address);
                    return caller;
                })
                .recover(failure ->
                        Future.failedFuture(judged(failure, caller, connection, address)))
                .onComplete(_ -> trial.leave());
    }

    /// What may be known of a failure by whoever sent the credential.
    private ProblemException judged(
            Throwable failure, Caller caller, Connection connection, ClientAddress address) {
        UUID login = caller.credential().id();
        Problem problem =
                failure instanceof ProblemException known
                        ? known.problem()
                        : new Problem.DatabaseUnavailable("The database cannot be asked.");
        switch (problem) {
            case Problem.Unauthenticated _ -> {
                outcomes.refused(connection, address, problem);
                targets.forget(login);
                return refused();
            }
            case Problem.Forbidden _ -> {
                outcomes.forbidden(caller, connection, address, problem);
                targets.forget(login);
                return problem.exception();
            }
            default -> {
                outcomes.refused(connection, address, problem);
                LOG.warnf(
                        "connection=%s cannot judge a login: %s (%s)",
                        connection.id(), problem.detail(), failure.getCause());
                // Who was right a short while ago may know that the database is away.
                return targets.knows(login) ? problem.exception() : refused();
            }
        }
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
