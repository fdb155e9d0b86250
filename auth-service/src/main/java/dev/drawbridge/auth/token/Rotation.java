package dev.drawbridge.auth.token;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Puts a successor with the same limits in the place of a token, which goes on for a while.
///
/// By a session the successor gets the same span of time anew; a token that rotates itself gets no
/// more time than it had, and the successor ends when it is revoked. One with a rate does not
/// rotate itself: its successor would begin with the rate unused, and the two would have it twice.
@Singleton
final class Rotation {
    private final TokenRepository repository;
    private final RevocationRepository revocations;
    private final TokenConfig config;
    private final Audit audit;

    Rotation(
            TokenRepository repository,
            RevocationRepository revocations,
            TokenConfig config,
            Audit audit) {
        this.repository = repository;
        this.revocations = revocations;
        this.config = config;
        this.audit = audit;
    }

    /// How long the old token goes on.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for less than none or
    ///   more than the longest
    Duration overlap(@Nullable Long seconds) {
        if (seconds == null) {
            return config.rotationOverlap();
        }
        if (seconds < 0 || seconds > config.rotationOverlap().toSeconds()) {
            throw new Problem.Invalid(
                            "overlapSeconds",
                            "must be 0 to " + config.rotationOverlap().toSeconds())
                    .exception();
        }
        return Duration.ofSeconds(seconds);
    }

    /// What the successor shall be.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` for a token with a
    ///   rate that would rotate itself
    TokenDraft successor(Caller caller, ApiToken old) {
        boolean bySession = caller.credential().type() == CredentialType.SESSION;
        if (!bySession && old.rateLimit() != null) {
            throw new Problem.Forbidden("of a session: a token with a rate does not rotate itself")
                    .exception();
        }
        return new TokenDraft(
                old.name(),
                bySession ? repository.parent(caller.tenant(), old.id()).orElse(null) : old.id(),
                bySession ? anew(old) : old.expiresAt(),
                old.scopes(),
                old.allowedCidrs(),
                old.agentClass(),
                old.allowedHours(),
                old.rateLimit(),
                old.type());
    }

    /// Ends the old token after the overlap; in the transaction that made its successor.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when it was rotated before
    void succeed(Caller caller, ApiToken old, UUID successor, Duration overlap) {
        Instant end = Instant.now().plus(overlap);
        if (!repository.succeed(caller.tenant(), old.id(), successor, end)) {
            throw new Problem.Conflict("This token has a successor already, or has ended.")
                    .exception();
        }
        // What was remembered of it may last longer than it does now.
        revocations.announce(Revocation.ofCredential(old.id()));
        audit.record(
                Act.by(caller, AuthAction.TOKEN_ROTATE, "token:" + old.id())
                        .with("before", old)
                        .with("successor", successor)
                        .with("endsAt", end));
    }

    private @Nullable Instant anew(ApiToken old) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant end = old.expiresAt();
        Instant again = end == null ? null : now.plus(Duration.between(old.createdAt(), end));
        return earlier(again, config.maxLifetime().map(now::plus).orElse(null));
    }

    /// The earlier of two ends, of which either may be none.
    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
