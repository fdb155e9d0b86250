package dev.drawbridge.auth.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.attempt.Attempt;
import dev.drawbridge.auth.attempt.Attempts;
import dev.drawbridge.auth.attempt.Method;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.secondfactor.SecondFactors;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// The person of a session proves again who they are. With a stolen session one could guess here,
/// so attempts are counted, lock the account and are recorded as those at the login.
@Singleton
final class OwnProof {
    private final LoginRepository accounts;
    private final ChosenPasswords passwords;
    private final Attempts attempts;
    private final SecondFactors factors;
    private final ProofRepository proofs;
    private final SignIns signIns;
    private final Db db;
    private final Audit audit;

    OwnProof(
            LoginRepository accounts,
            ChosenPasswords passwords,
            Attempts attempts,
            SecondFactors factors,
            ProofRepository proofs,
            SignIns signIns,
            Db db,
            Audit audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.factors = factors;
        this.proofs = proofs;
        this.signIns = signIns;
        this.db = db;
        this.audit = audit;
    }

    /// Makes the session's proof one of now; with a second factor for those who have one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#requirePassword], and as
    ///   [SecondFactors#check]
    void prove(Caller person, ClientAddress from, String password, @Nullable String otp) {
        Act act =
                Act.by(person, AuthAction.PROVE, "session:" + person.credential().id())
                        .from(from.text());
        recorded(
                act,
                () -> {
                    check(person, from, "password", password);
                    boolean secondFactor = factors.check(person.tenant(), person.id(), otp);
                    return db.transaction(() -> {
                        proofs.prove(person.tenant(), person.credential().id(), secondFactor);
                        audit.record(act.with("secondFactor", secondFactor));
                        return secondFactor;
                    });
                });
    }

    /// Passes for the right password, of which the request's `currentPassword` is to change.
    ///
    /// @return the hash that it was checked against
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a wrong one,
    ///   `RATE_LIMITED` when the address or the account tried too often, `CONFLICT` for someone who
    ///   has none, or `OVERLOADED`
    String requirePassword(Caller person, ClientAddress from, String text) {
        Act act =
                Act.by(person, AuthAction.PASSWORD_CHANGE, "user:" + person.id()).from(from.text());
        return recorded(act, () -> check(person, from, "currentPassword", text));
    }

    private String check(Caller person, ClientAddress from, String field, String text) {
        String hash =
                accounts.passwordHash(person.tenant(), person.id())
                        .orElseThrow(() ->
                                new Problem.Conflict(
                                                "You have no password here. Sign in again instead.")
                                        .exception());
        var attempt = new Attempt(Method.PASSWORD, from, person.tenant(), person.username());
        attempts.begin(attempt);
        if (!passwords.matches(text, hash)) {
            attempts.failed(attempt);
            throw new Problem.Invalid(field, "is wrong").exception();
        }
        attempts.succeeded(attempt);
        return hash;
    }

    private <T> T recorded(Act act, Supplier<T> proof) {
        try {
            return proof.get();
        } catch (ProblemException refused) {
            signIns.refused(act, refused.problem());
            throw refused;
        }
    }
}
