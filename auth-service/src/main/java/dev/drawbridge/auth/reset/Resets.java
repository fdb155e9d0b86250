package dev.drawbridge.auth.reset;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.mail.Letter;
import dev.drawbridge.auth.mail.Post;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.reset.ResetRepository.Account;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/// A link with which a new password can be set, sent to the verified address of a user. Whoever
/// asks is answered alike; only the mailbox knows whether there was an account.
@Singleton
final class Resets {
    private final Db db;
    private final ResetRepository repository;
    private final NewPassword passwords;
    private final ChosenPasswords chosen;
    private final OneTimeLinks links;
    private final Post post;
    private final Audit audit;

    Resets(
            Db db,
            ResetRepository repository,
            NewPassword passwords,
            ChosenPasswords chosen,
            OneTimeLinks links,
            Post post,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.passwords = passwords;
        this.chosen = chosen;
        this.links = links;
        this.post = post;
        this.audit = audit;
    }

    /// Sends a letter to the address if someone has it, behind the answer.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` without a mail server
    void ask(String tenant, EmailAddress email) {
        post.requireConfigured();
        post.behind(() ->
                repository
                        .byEmail(tenant, email)
                        .filter(_ -> links.maySend(tenant, LinkPurpose.PASSWORD_RESET, email))
                        .ifPresent(account -> post.send(letter(email, make(tenant, account)))));
    }

    /// Makes the link for an administrator, and sends it where the user has an address and there is
    /// a mail server. The link is in the result either way: who shows it decides.
    ///
    /// @return whether the letter was sent, and the link
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR` when the mail server does
    ///   not take the letter: then there is no link
    Made forUser(Caller admin, Account account) {
        Act act = Act.by(admin, AuthAction.PASSWORD_RESET_LINK, "user:" + account.id());
        OneTimeLinks.Made made =
                db.transaction(() -> {
                    OneTimeLinks.Made link = make(admin.tenant(), account);
                    audit.record(act);
                    return link;
                });
        EmailAddress email = account.email();
        if (email == null || !post.isConfigured()) {
            return new Made(made, false);
        }
        try {
            post.send(letter(email, made));
        } catch (ProblemException refused) {
            db.transaction(() -> {
                audit.record(act.refused(refused.problem()));
                return links.takeBack(admin.tenant(), LinkPurpose.PASSWORD_RESET, made.link().id());
            });
            throw refused;
        }
        return new Made(made, true);
    }

    /// A link, and whether it went by letter.
    record Made(OneTimeLinks.Made link, boolean sent) {}

    /// Sets the password and ends all sessions. The second factor stays.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a link that does not
    ///   work or a password that is refused
    void complete(@Nullable String token, String password) {
        OneTimeLink link = links.get(LinkPurpose.PASSWORD_RESET, token);
        UUID user = link.user();
        if (user == null) {
            throw new IllegalStateException("A link to reset nobody's password: " + link.id());
        }
        Account account =
                repository
                        .byId(link.tenant(), user)
                        .orElseThrow(
                                () -> new Problem.NotFound("user", "for this link").exception());
        passwords.set(link, account, chosen.hash("newPassword", password, account.names()));
    }

    private OneTimeLinks.Made make(String tenant, Account account) {
        return links.make(
                LinkPurpose.PASSWORD_RESET,
                new OneTimeLinks.Draft(tenant, account.id(), account.email(), Map.of()));
    }

    private static Letter letter(EmailAddress email, OneTimeLinks.Made made) {
        return new Letter(
                email,
                "A new password for Drawbridge",
                """
                Open this link to choose a new password:

                %s

                It works once, until %s. If it was not you who asked, do nothing.
                """
                        .formatted(made.url(), made.link().expiresAt()));
    }
}
