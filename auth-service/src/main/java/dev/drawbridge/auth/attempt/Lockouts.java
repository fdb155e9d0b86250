package dev.drawbridge.auth.attempt;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Accounts that are locked after failures in a row. An account is the digest of a tenant and a
/// folded name, so one that is not there is counted and locked like any other.
@Singleton
public final class Lockouts {
    private static final String PURPOSE = "lockout";

    private final LockoutRepository repository;
    private final SecretBox secrets;
    private final Db db;
    private final Lockout lockout;

    Lockouts(LockoutRepository repository, SecretBox secrets, Db db, AttemptConfig config) {
        this.repository = repository;
        this.secrets = secrets;
        this.db = db;
        this.lockout = Lockout.of(config);
    }

    /// Ends a lock and forgets the failures. For an administrator, or once the account was proved
    /// in another way.
    public void unlock(String tenant, String username) {
        repository.forget(subject(tenant, username));
    }

    /// What stands for an account: the same however its name is written. What can be nobody's name
    /// is taken as it was typed.
    String subject(String tenant, String username) {
        String name = Name.find(username).map(Name::key).orElse(username);
        return secrets.mark(PURPOSE, (tenant + '\0' + name).getBytes(StandardCharsets.UTF_8));
    }

    /// Passes unless the account is locked.
    void requireOpen(String subject, Instant now) {
        Optional<Instant> end = repository.lockedUntil(subject, now);
        if (end.isPresent()) {
            throw locked(now, end.get());
        }
    }

    /// Counts a failure, and locks the account if it is one too many. A failure of an account that
    /// was locked meanwhile is not counted.
    void failed(String subject, Instant now) {
        boolean counted =
                db.transaction(() -> {
                    Optional<Integer> inARow = repository.countFailure(subject, now);
                    Duration wait = inARow.map(lockout::after).orElse(Duration.ZERO);
                    if (wait.isPositive()) {
                        repository.lock(subject, now.plus(wait));
                    }
                    return inARow.isPresent();
                });
        if (!counted) {
            requireOpen(subject, now);
        }
    }

    private static ProblemException locked(Instant now, Instant end) {
        return new Problem.RateLimited(Duration.between(now, end)).exception();
    }

    /// Forgets the failures of an account that is open.
    void succeeded(String subject, Instant now) {
        requireOpen(subject, now);
        repository.forget(subject);
    }
}
