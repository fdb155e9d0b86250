package dev.drawbridge.auth.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;

/// Checks and changes the password of the person who is signed in.
@Singleton
final class OwnPassword {
    private final Db db;
    private final LoginRepository accounts;
    private final ChosenPasswords passwords;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final Audit audit;

    OwnPassword(
            Db db,
            LoginRepository accounts,
            ChosenPasswords passwords,
            SessionRepository sessions,
            RevocationRepository revocations,
            Audit audit) {
        this.db = db;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
    }

    /// Passes for the right password.
    ///
    /// @param field what a refusal names
    /// @return the hash that it was checked against
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a wrong one,
    ///   `CONFLICT` for someone who has none, or `OVERLOADED`
    String check(Caller person, String field, String text) {
        String hash =
                accounts.passwordHash(person.tenant(), person.id())
                        .orElseThrow(() ->
                                new Problem.Conflict(
                                                "You have no password here. Sign in again instead.")
                                        .exception());
        if (!passwords.matches(text, hash)) {
            throw new Problem.Invalid(field, "is wrong").exception();
        }
        return hash;
    }

    /// Puts a new password in the place of the current one and ends the other sessions.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#check], and `VALIDATION_ERROR` that
    ///   says why the new one is refused
    void change(Caller person, String current, String wanted) {
        String before = check(person, "currentPassword", current);
        if (wanted.equals(current)) {
            throw new Problem.Invalid("newPassword", "must be another one than now").exception();
        }
        List<String> names = accounts.names(person.tenant(), person.id());
        String after = passwords.hash("newPassword", wanted, names);
        db.transaction(() -> {
            if (!accounts.changePassword(person.tenant(), person.id(), before, after)) {
                throw new Problem.Conflict("The password was changed meanwhile.").exception();
            }
            sessions.endOthersOf(person.tenant(), person.id(), person.credential().id());
            revocations.announce(Revocation.ofUser(person.id()));
            audit.record(Act.by(person, AuthAction.PASSWORD_CHANGE, "user:" + person.id()));
            return person;
        });
    }
}
