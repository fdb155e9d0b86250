package dev.drawbridge.auth.reset;

import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.mail.Letter;
import dev.drawbridge.auth.mail.Post;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.reset.ResetRepository.Account;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/// A link with which a new password can be set, sent to the verified address of a user. Whoever
/// asks is answered alike; only the mailbox knows whether there was an account.
@Singleton
final class Resets {
    private final ResetRepository repository;
    private final NewPassword passwords;
    private final ChosenPasswords chosen;
    private final OneTimeLinks links;
    private final Post post;

    Resets(
            ResetRepository repository,
            NewPassword passwords,
            ChosenPasswords chosen,
            OneTimeLinks links,
            Post post) {
        this.repository = repository;
        this.passwords = passwords;
        this.chosen = chosen;
        this.links = links;
        this.post = post;
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
    Made forUser(String tenant, Account account) {
        OneTimeLinks.Made made = make(tenant, account);
        EmailAddress email = account.email();
        if (email == null || !post.isConfigured()) {
            return new Made(made, false);
        }
        post.send(letter(email, made));
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
