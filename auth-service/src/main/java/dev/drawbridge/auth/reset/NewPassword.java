package dev.drawbridge.auth.reset;

import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.session.SessionRepository;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// The new password, the end of the link and of every session, in one transaction.
@Singleton
final class NewPassword {
    private final Db db;
    private final ResetRepository repository;
    private final OneTimeLinks links;
    private final SessionRepository sessions;
    private final RevocationRepository revocations;

    NewPassword(
            Db db,
            ResetRepository repository,
            OneTimeLinks links,
            SessionRepository sessions,
            RevocationRepository revocations) {
        this.db = db;
        this.repository = repository;
        this.links = links;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    void set(OneTimeLink link, ResetRepository.Account account, String hash) {
        db.transaction(() -> {
            links.use(LinkPurpose.PASSWORD_RESET, link);
            links.takeBackOf(link.tenant(), LinkPurpose.PASSWORD_RESET, account.id());
            repository.setPassword(link.tenant(), account.id(), hash);
            sessions.endAllOf(link.tenant(), account.id());
            revocations.announce(Revocation.ofUser(account.id()));
            return account;
        });
    }
}
