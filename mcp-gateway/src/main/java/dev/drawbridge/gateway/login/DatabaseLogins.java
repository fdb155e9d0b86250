package dev.drawbridge.gateway.login;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.target.LoginTargets;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Locale;
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
    private final MeterRegistry meters;
    private final LoginDigest digest = new LoginDigest();
    private final int poolSize;
    private final AsyncCache<LoginDigest.Key, Caller> remembered;

    DatabaseLogins(
            Connections connections,
            LoginTrial trial,
            LoginAttempts attempts,
            LoginTargets targets,
            LoginConfig config,
            MeterRegistry meters) {
        this.connections = connections;
        this.trial = trial;
        this.attempts = attempts;
        this.targets = targets;
        this.meters = meters;
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
    /// @param address numeric, of who sent it
    /// @return fails with `AUTHENTICATION_ERROR` for all that is wrong, which is not said;
    ///   `RATE_LIMITED` and `OVERLOADED` before anything is judged; `AUTHORIZATION_ERROR` for a
    ///   right login that may not sign in
    Future<Caller> caller(BasicCredential credential, String address) {
        UUID named = credential.connection();
        var connection = named == null ? null : connections.takingLogins(named).orElse(null);
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

    /// Counted as if there were such a connection.
    private Future<Caller> unknown(BasicCredential credential, String address) {
        try {
            attempts.spend(credential, address);
            throw refused();
        } catch (ProblemException failure) {
            count(failure.problem().code());
            return Future.failedFuture(failure);
        }
    }

    private Future<Caller> judge(
            Connection connection,
            BasicCredential credential,
            LoginDigest.Key key,
            String address) {
        try {
            attempts.spend(credential, address);
        } catch (ProblemException limited) {
            count(limited.problem().code());
            return Future.failedFuture(limited);
        }
        if (!trial.enter()) {
            attempts.refund(credential, address);
            count("OVERLOADED");
            return Future.failedFuture(new Problem.Overloaded(Duration.ofSeconds(1)).exception());
        }
        Caller caller = LoginCaller.of(connection, credential.login(), key.credential());
        Target target =
                connection.loginTarget(
                        key.credential(), credential.login(), credential.password(), poolSize);
        return trial.run(caller, connection, target)
                .map(_ -> {
                    attempts.refund(credential, address);
                    targets.remember(key.credential(), target);
                    count("OK");
                    return caller;
                })
                .recover(failure -> Future.failedFuture(judged(failure, connection, key)))
                .onComplete(_ -> trial.leave());
    }

    /// What may be known of a failure by whoever sent the credential.
    private ProblemException judged(Throwable failure, Connection connection, LoginDigest.Key key) {
        Problem problem =
                failure instanceof ProblemException known
                        ? known.problem()
                        : new Problem.DatabaseUnavailable("The database cannot be asked.");
        count(problem.code());
        switch (problem) {
            case Problem.Unauthenticated _ -> {
                targets.forget(key.credential());
                return refused();
            }
            case Problem.Forbidden _ -> {
                targets.forget(key.credential());
                return problem.exception();
            }
            default -> {
                LOG.warnf(
                        "connection=%s cannot judge a login: %s (%s)",
                        connection.id(), problem.detail(), failure.getCause());
                // Who was right a short while ago may know that the database is away.
                return targets.knows(key.credential()) ? problem.exception() : refused();
            }
        }
    }

    private void count(String outcome) {
        meters.counter("gateway.login", "outcome", outcome.toLowerCase(Locale.ROOT)).increment();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
