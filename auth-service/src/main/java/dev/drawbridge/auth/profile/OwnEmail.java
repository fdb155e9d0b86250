package dev.drawbridge.auth.profile;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.mail.Letter;
import dev.drawbridge.auth.mail.Post;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.user.UserRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/// An address counts once the link that was sent there came back. Until then the old one stays.
@Singleton
final class OwnEmail {
    private final Db db;
    private final ProfileRepository profiles;
    private final UserRepository users;
    private final OneTimeLinks links;
    private final Post post;
    private final Audit audit;

    OwnEmail(
            Db db,
            ProfileRepository profiles,
            UserRepository users,
            OneTimeLinks links,
            Post post,
            Audit audit) {
        this.db = db;
        this.profiles = profiles;
        this.users = users;
        this.links = links;
        this.post = post;
        this.audit = audit;
    }

    /// Makes the address the one that waits, in the transaction in hand, and sends it a letter
    /// behind the answer. Whether someone else has it is told to the address and to nobody else: it
    /// waits either way. Where a mailbox is being filled nothing happens, and the link before goes
    /// on working.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` without a mail server, or
    ///   `OVERLOADED` when too many letters wait
    void ask(Caller person, EmailAddress wanted) {
        post.requireConfigured();
        String tenant = person.tenant();
        if (!links.maySend(tenant, LinkPurpose.EMAIL, wanted)) {
            return;
        }
        links.takeBackOf(tenant, LinkPurpose.EMAIL, person.id());
        OneTimeLinks.Made made =
                links.make(
                        LinkPurpose.EMAIL,
                        new OneTimeLinks.Draft(tenant, person.id(), wanted, Map.of()));
        audit.record(
                Act.by(person, AuthAction.EMAIL_ASK, "user:" + person.id())
                        .with("email", wanted.text()));
        // A letter cannot be taken back: nothing of the transaction fails behind it but the commit.
        db.last(() -> post.behind(() -> send(person, wanted, made)));
    }

    private void send(Caller person, EmailAddress wanted, OneTimeLinks.Made made) {
        boolean taken = users.isTaken(person.tenant(), wanted, person.id());
        post.send(taken ? already(wanted) : letter(person, wanted, made));
    }

    private static Letter already(EmailAddress wanted) {
        return new Letter(
                wanted,
                "Your address at Drawbridge",
                "Someone wanted to add this address to their account. It is yours already, so"
                        + " nothing was changed.");
    }

    private static Letter letter(Caller person, EmailAddress wanted, OneTimeLinks.Made made) {
        return new Letter(
                wanted,
                "Confirm your address",
                """
                %s, open this link to confirm that this address is yours:

                %s

                If it was not you who asked, do nothing.
                """
                        .formatted(person.username(), made.url()));
    }

    /// Makes the address that a link was sent to the user's, and tells the old one.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a link that does not
    ///   work, `CONFLICT` when someone else has the address by now
    void confirm(@Nullable String token) {
        OneTimeLink link = links.get(LinkPurpose.EMAIL, token);
        UUID user = link.user();
        EmailAddress email = link.email();
        if (user == null || email == null) {
            throw new IllegalStateException("A link for an address without one: " + link.id());
        }
        String before =
                db.transaction(() -> {
                    links.use(LinkPurpose.EMAIL, link);
                    if (users.isTaken(link.tenant(), email, user)) {
                        throw new Problem.Conflict("Another user has this address.").exception();
                    }
                    String old = profiles.find(link.tenant(), user).map(Profile::email).orElse("");
                    links.takeBackOf(link.tenant(), user);
                    profiles.setEmail(link.tenant(), user, email);
                    audit.record(
                            Act.byStranger(link.tenant(), AuthAction.EMAIL_CHANGE, "user:" + user)
                                    .with("before", old)
                                    .with("after", email.text()));
                    return old;
                });
        EmailAddress.find(before)
                .ifPresent(old ->
                        post.behind(() ->
                                post.send(
                                        new Letter(
                                                old,
                                                "Your address was changed",
                                                "Your account has another address now. If it was"
                                                        + " not you, tell an administrator."))));
    }
}
