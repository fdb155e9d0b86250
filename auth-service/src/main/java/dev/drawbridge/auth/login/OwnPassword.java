package dev.drawbridge.auth.login;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;

/// Changes the password of the person who is signed in.
@Singleton
final class OwnPassword {
    private final Db db;
    private final OwnProof proof;
    private final LoginRepository accounts;
    private final ChosenPasswords passwords;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final OneTimeLinks links;
    private final Audit audit;

    OwnPassword(
            Db db,
            OwnProof proof,
            LoginRepository accounts,
            ChosenPasswords passwords,
            SessionRepository sessions,
            RevocationRepository revocations,
            OneTimeLinks links,
            Audit audit) {
        this.db = db;
        this.proof = proof;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.revocations = revocations;
        this.links = links;
        this.audit = audit;
    }

    /// Puts a new password in the place of the current one and ends the other sessions.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [OwnProof#requirePassword], and
    ///   `VALIDATION_ERROR` that says why the new one is refused
    void change(Caller person, ClientAddress from, String current, String wanted) {
        String before = proof.requirePassword(person, from, current);
        if (wanted.equals(current)) {
            throw new Problem.Invalid("newPassword", "must be another one than now").exception();
        }
        List<String> names = accounts.names(person.tenant(), person.id());
        String after = passwords.hash("newPassword", wanted, names);
        db.transaction(() -> {
            if (!accounts.changePassword(person.tenant(), person.id(), before, after)) {
                throw new Problem.Conflict("The password was changed meanwhile.").exception();
            }
            links.takeBackOf(person.tenant(), person.id());
            sessions.endOthersOf(person.tenant(), person.id(), person.credential().id());
            revocations.announce(Revocation.ofUser(person.id()));
            audit.record(Act.by(person, AuthAction.PASSWORD_CHANGE, "user:" + person.id()));
            return person;
        });
    }
}
