package dev.drawbridge.auth.secondfactor;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.secondfactor.SecondFactorRepository.Owner;
import dev.drawbridge.auth.secondfactor.SecondFactorRepository.Stored;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/// The rules of second factors: a secret counts once a first code has shown that the authenticator
/// has it, and no code works twice.
@Singleton
public final class SecondFactors {
    private static final int RECOVERY_CODES = 10;
    // Six digits, three of which are right: RFC 4226 section 7.3 wants guessing throttled.
    private static final int MOST_TRIES = 5;
    private static final Duration TRIES_SPAN = Duration.ofMinutes(15);
    private static final String ISSUER = "Drawbridge";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Db db;
    private final SecondFactorRepository repository;
    private final ProofRepository proofs;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final SecretBox secrets;
    private final Audit audit;

    SecondFactors(
            Db db,
            SecondFactorRepository repository,
            ProofRepository proofs,
            SessionRepository sessions,
            RevocationRepository revocations,
            SecretBox secrets,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.proofs = proofs;
        this.sessions = sessions;
        this.revocations = revocations;
        this.secrets = secrets;
        this.audit = audit;
    }

    /// What an authenticator needs.
    ///
    /// @param secret in base 32, to type
    /// @param uri the same to scan
    record Enrolment(String secret, String uri) {}

    /// Uses up the code that a user shows.
    ///
    /// @param code of the authenticator, or a recovery code; null when none was shown
    /// @return whether a second factor was shown: false for a user who has none
    /// @throws dev.drawbridge.problem.ProblemException `SECOND_FACTOR_REQUIRED` when the user has
    ///   one and the code is absent, wrong or spent, `RATE_LIMITED` after five wrong ones
    public boolean check(String tenant, UUID user, @Nullable String code) {
        var owner = new Owner(tenant, user);
        Optional<Stored> factor =
                repository.find(owner).filter(stored -> stored.confirmedAt() != null);
        if (factor.isEmpty()) {
            return false;
        }
        if (code == null || code.isBlank()) {
            throw new Problem.SecondFactorRequired(
                            "Send the code of your authenticator, or a recovery code, as otp.")
                    .exception();
        }
        if (!repository.mayTry(owner, MOST_TRIES, TRIES_SPAN)) {
            throw new Problem.RateLimited(TRIES_SPAN).exception();
        }
        boolean good =
                RecoveryCode.parse(code)
                        .map(recovery -> repository.useCode(owner, recovery))
                        .orElseGet(() -> spend(owner, factor.get(), code));
        if (!good) {
            throw wrong();
        }
        repository.forgetTries(owner);
        return true;
    }

    /// Whether the user has a second factor that counts, and how many recovery codes are left.
    record State(boolean enrolled, long recoveryCodesLeft) {}

    State state(Caller caller) {
        Owner owner = owner(caller);
        boolean enrolled =
                repository.find(owner).filter(stored -> stored.confirmedAt() != null).isPresent();
        return new State(enrolled, repository.countCodes(owner));
    }

    /// Uses up a code for a session that was begun without one, as at an identity provider.
    void show(Caller caller, String code) {
        if (!check(caller.tenant(), caller.id(), code)) {
            throw new Problem.Conflict("You have no second factor yet. Enrol one.").exception();
        }
        db.transaction(() -> {
            proofs.showSecondFactor(caller.tenant(), caller.credential().id());
            audit.record(
                    Act.by(
                            caller,
                            AuthAction.SECOND_FACTOR_SHOW,
                            "session:" + caller.credential().id()));
            return caller;
        });
    }

    Enrolment enrol(Caller caller) {
        var secret = new byte[Totp.SECRET_BYTES];
        RANDOM.nextBytes(secret);
        Owner owner = owner(caller);
        if (!repository.begin(owner, secrets.seal(purpose(owner), secret))) {
            throw new Problem.Conflict("There is a second factor already. Remove it first.")
                    .exception();
        }
        return new Enrolment(Totp.base32(secret), Totp.uri(ISSUER, caller.username(), secret));
    }

    /// The recovery codes, this once. Other sessions end: they were begun without it.
    List<String> confirm(Caller caller, String code) {
        Owner owner = owner(caller);
        return db.transaction(() -> {
            Stored begun =
                    repository
                            .find(owner)
                            .filter(stored -> stored.confirmedAt() == null)
                            .orElseThrow(() ->
                                    new Problem.Conflict("There is no enrolment to confirm.")
                                            .exception());
            if (!spend(owner, begun, code)) {
                throw new Problem.Invalid("otp", "is not the code of this moment").exception();
            }
            repository.confirm(owner);
            sessions.endOthersOf(owner.tenant(), owner.user(), caller.credential().id());
            proofs.prove(owner.tenant(), caller.credential().id(), true);
            revocations.announce(Revocation.ofUser(owner.user()));
            audit.record(Act.by(caller, AuthAction.SECOND_FACTOR_ENROL, "user:" + owner.user()));
            return newCodes(owner);
        });
    }

    List<String> replaceCodes(Caller caller) {
        Owner owner = owner(caller);
        return db.transaction(() -> {
            if (!state(caller).enrolled()) {
                throw new Problem.NotFound("second factor", "of " + caller.username()).exception();
            }
            audit.record(Act.by(caller, AuthAction.SECOND_FACTOR_CODES, "user:" + owner.user()));
            return newCodes(owner);
        });
    }

    /// Takes a user's second factor away.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` when there is none
    public void remove(String tenant, UUID user) {
        db.transaction(() -> {
            if (!repository.remove(new Owner(tenant, user))) {
                throw new Problem.NotFound("second factor", "of user " + user).exception();
            }
            audit.record(audit.asked(tenant, AuthAction.SECOND_FACTOR_REMOVE, "user:" + user));
            return user;
        });
    }

    private List<String> newCodes(Owner owner) {
        List<RecoveryCode> codes =
                Stream.generate(RecoveryCode::generate).limit(RECOVERY_CODES).toList();
        repository.replaceCodes(owner, codes);
        return codes.stream().map(RecoveryCode::text).toList();
    }

    private boolean spend(Owner owner, Stored factor, String code) {
        byte[] secret = secrets.open(purpose(owner), factor.secret());
        OptionalLong step = Totp.step(secret, code.strip(), Instant.now());
        return step.isPresent() && repository.spend(owner, step.getAsLong());
    }

    private static Owner owner(Caller caller) {
        return new Owner(caller.tenant(), caller.id());
    }

    private static String purpose(Owner owner) {
        return "second-factor:" + owner.user();
    }

    private static ProblemException wrong() {
        return new Problem.SecondFactorRequired(
                        "The code is wrong, or was used before. Send the next one as otp.")
                .exception();
    }
}
