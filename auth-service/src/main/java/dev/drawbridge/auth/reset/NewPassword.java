package dev.drawbridge.auth.reset;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.attempt.Lockouts;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// The new password, the end of the link, of every session and of a lock, in one transaction: who
/// reads the account's mail has proved it in another way.
@Singleton
final class NewPassword {
    private final Db db;
    private final ResetRepository repository;
    private final OneTimeLinks links;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;
    private final Lockouts lockouts;
    private final Audit audit;

    NewPassword(
            Db db,
            ResetRepository repository,
            OneTimeLinks links,
            SessionRepository sessions,
            RevocationRepository revocations,
            Lockouts lockouts,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.links = links;
        this.sessions = sessions;
        this.revocations = revocations;
        this.lockouts = lockouts;
        this.audit = audit;
    }

    void set(OneTimeLink link, ResetRepository.Account account, String hash) {
        db.transaction(() -> {
            links.use(LinkPurpose.PASSWORD_RESET, link);
            links.takeBackOf(link.tenant(), account.id());
            repository.setPassword(link.tenant(), account.id(), hash);
            sessions.endAllOf(link.tenant(), account.id());
            lockouts.unlock(link.tenant(), account.username());
            revocations.announce(Revocation.ofUser(account.id()));
            audit.record(
                    Act.byStranger(
                            link.tenant(), AuthAction.PASSWORD_RESET, "user:" + account.id()));
            return account;
        });
    }
}
