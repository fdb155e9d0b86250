package dev.drawbridge.gateway.target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;

import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/// How to open sessions for those who signed in with a login of their own. Holds their passwords,
/// in memory, for a while after the database last found them right; then it closes their sessions.
@Singleton
public final class LoginTargets {
    /// A login is judged again within five minutes; a call that began before that ends in this
    /// time.
    private static final Duration LIFETIME = Duration.ofMinutes(6);

    private static final int MOST = 2_000;

    private final Targets targets;
    private final Cache<UUID, Target> known;

    LoginTargets(Targets targets) {
        this.targets = targets;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(LIFETIME)
                        .executor(Runnable::run)
                        .scheduler(Scheduler.systemScheduler())
                        .<UUID, Target>removalListener((login, _, cause) -> ended(login, cause))
                        .build();
    }

    /// Remembers a target whose `login` the database has found right just now.
    public void remember(UUID login, Target target) {
        known.put(login, target);
    }

    /// The target of a login, as its connection is now.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a login that is
    ///   not remembered, or was for an older version of the connection or for another one
    public Target get(UUID login, UUID connection, long version) {
        Target target = known.getIfPresent(login);
        if (target == null
                || !target.connection().equals(connection)
                || target.version() != version) {
            throw new Problem.Unauthenticated("The database login is to be judged again. Retry.")
                    .exception();
        }
        return target;
    }

    /// Forgets a login that the database does not find right any more, and closes its sessions.
    ///
    /// @return whether it was remembered
    public boolean forget(UUID login) {
        return known.asMap().remove(login) != null;
    }

    /// Forgets the logins of every version of a connection but this one.
    public void forgetOthers(UUID connection, long version) {
        known.asMap()
                .values()
                .removeIf(target ->
                        target.connection().equals(connection) && target.version() != version);
    }

    /// Whether the database found a login right a short while ago.
    public boolean knows(UUID login) {
        return known.getIfPresent(login) != null;
    }

    private void ended(@Nullable UUID login, RemovalCause cause) {
        if (login != null && cause != RemovalCause.REPLACED) {
            targets.retireLogin(login);
        }
    }
}
