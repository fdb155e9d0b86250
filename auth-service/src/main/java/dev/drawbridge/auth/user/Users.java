package dev.drawbridge.auth.user;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.secondfactor.SecondFactors;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/// The rules for changing and removing users: a superuser is touched only by a superuser, a
/// password, an address, a second factor or attributes only by who holds as much, and one superuser
/// who can sign in remains.
@Singleton
final class Users {
    private final Db db;
    private final UserRepository users;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final OneTimeLinks links;
    private final SecondFactors factors;
    private final Handover handover;
    private final Ceiling ceiling;
    private final Audit audit;

    Users(
            Db db,
            UserRepository users,
            SessionRepository sessions,
            RevocationRepository revocations,
            OneTimeLinks links,
            SecondFactors factors,
            Handover handover,
            Ceiling ceiling,
            Audit audit) {
        this.db = db;
        this.users = users;
        this.sessions = sessions;
        this.revocations = revocations;
        this.links = links;
        this.factors = factors;
        this.handover = handover;
        this.ceiling = ceiling;
        this.audit = audit;
    }

    User get(Caller caller, UUID id) {
        return users.find(caller.tenant(), id).orElseThrow(() -> none(id));
    }

    User change(Caller caller, UUID id, IfMatch expected, UserRepository.Change change) {
        return db.transaction(() -> {
            User before = lock(caller, id, expected);
            boolean staysSuperuser = !Boolean.FALSE.equals(change.superuser());
            boolean staysEnabled = !Boolean.FALSE.equals(change.enabled());
            requireAllowed(caller, id, change);
            requireFree(caller.tenant(), change.person().email(), id);
            if (change.handsOver()) {
                links.takeBackOf(caller.tenant(), id);
            }
            if (!staysSuperuser || !staysEnabled) {
                requireAnotherSuperuser(caller, before);
            }
            if (change.passwordHash() != null || !staysEnabled) {
                sessions.endAllOf(caller.tenant(), id);
            }
            if (!staysEnabled) {
                users.revokeTokens(caller.tenant(), id);
            }
            revocations.announce(Revocation.ofUser(id));
            User after = users.update(caller.tenant(), id, change).orElseThrow(() -> none(id));
            audit.record(
                    Act.by(caller, AuthAction.USER_CHANGE, "user:" + id)
                            .with("before", before)
                            .with("after", after)
                            .with("passwordChanged", change.passwordHash() != null));
            return after;
        });
    }

    private void requireAllowed(Caller caller, UUID id, UserRepository.Change change) {
        if (Boolean.TRUE.equals(change.superuser())) {
            Ceiling.requireSuperuser(caller);
        }
        if (change.handsOver()) {
            handover.require(caller, id);
        }
        Map<String, Object> attributes = change.attributes();
        if (attributes != null) {
            ceiling.requireChange(caller, id, attributes);
        }
    }

    User add(String tenant, UserRepository.Draft draft) {
        requireFree(tenant, draft.person().email(), null);
        return users.insert(tenant, draft);
    }

    /// Passes when the request asks for nothing that this kind of user cannot have.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    void requireFitting(User user, UserRequest wanted) {
        if (wanted.kind() != null && wanted.kind() != user.kind()) {
            throw new Problem.Invalid("kind", "cannot change").exception();
        }
        if (user.kind() == UserKind.SERVICE) {
            wanted.requireNoPassword();
        }
    }

    /// Only by who holds as much: without it the password is enough to be that user.
    void removeSecondFactor(Caller caller, UUID id) {
        db.transaction(() -> {
            User user = lock(caller, id, IfMatch.optional(null));
            handover.require(caller, id);
            factors.remove(caller.tenant(), id);
            sessions.endAllOf(caller.tenant(), id);
            revocations.announce(Revocation.ofUser(id));
            return user;
        });
    }

    private void requireFree(String tenant, @Nullable EmailAddress email, @Nullable UUID except) {
        if (email != null && users.isTaken(tenant, email, except)) {
            throw new Problem.Conflict("Another user has this address.").exception();
        }
    }

    void delete(Caller caller, UUID id, IfMatch expected) {
        db.transaction(() -> {
            User before = lock(caller, id, expected);
            requireAnotherSuperuser(caller, before);
            revocations.announce(Revocation.ofUser(id));
            users.delete(caller.tenant(), id);
            audit.record(
                    Act.by(caller, AuthAction.USER_DELETE, "user:" + id).with("before", before));
            return before;
        });
    }

    private User lock(Caller caller, UUID id, IfMatch expected) {
        User user = users.lock(caller.tenant(), id).orElseThrow(() -> none(id));
        expected.check(user.version(), "user");
        if (user.superuser()) {
            Ceiling.requireSuperuser(caller);
        }
        return user;
    }

    private void requireAnotherSuperuser(Caller caller, User user) {
        if (user.superuser()
                && user.enabled()
                && user.kind() == UserKind.PERSON
                && !users.anotherSuperuser(caller.tenant(), user.id())) {
            throw new Problem.Conflict(
                            "This is the last superuser who can sign in. Make another one first.")
                    .exception();
        }
    }

    private static RuntimeException none(UUID id) {
        return new Problem.NotFound("user", id.toString()).exception();
    }
}
