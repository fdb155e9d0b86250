package dev.drawbridge.auth.invitation;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.link.LinkPurpose;
import dev.drawbridge.auth.link.OneTimeLink;
import dev.drawbridge.auth.link.OneTimeLinks;
import dev.drawbridge.auth.mail.Letter;
import dev.drawbridge.auth.mail.Post;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.user.NewPeople;
import dev.drawbridge.auth.user.User;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// An invitation goes to an address by letter, or where none can be sent to the administrator as a
/// link. Who accepts it becomes a user, in its groups.
@Singleton
final class Invitations {
    private final Db db;
    private final InvitationRepository repository;
    private final NewPeople people;
    private final OneTimeLinks links;
    private final Post post;
    private final Audit audit;

    Invitations(
            Db db,
            InvitationRepository repository,
            NewPeople people,
            OneTimeLinks links,
            Post post,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.people = people;
        this.links = links;
        this.post = post;
        this.audit = audit;
    }

    /// Makes the link, and sends it where there is an address and a mail server.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `UPSTREAM_ERROR` when the mail server does
    ///   not take the letter: then nobody is invited
    Invitation invite(Caller admin, OneTimeLinks.Draft draft) {
        OneTimeLinks.Made made =
                db.transaction(() -> {
                    OneTimeLinks.Made link = links.make(LinkPurpose.INVITATION, draft);
                    audit.record(
                            Act.by(
                                            admin,
                                            AuthAction.INVITATION_CREATE,
                                            "invitation:" + link.link().id())
                                    .with("after", draft.details()));
                    return link;
                });
        EmailAddress email = draft.email();
        if (email == null || !post.isConfigured()) {
            return Invitation.of(made.link(), made.url());
        }
        try {
            post.send(letter(admin, email, made));
        } catch (ProblemException refused) {
            links.takeBack(admin.tenant(), LinkPurpose.INVITATION, made.link().id());
            throw refused;
        }
        return Invitation.of(made.link(), null);
    }

    /// The new user. Slow work is done before the link is used up, in one transaction with what it
    /// is for.
    User accept(@Nullable String token, NewPeople.Wanted wanted) {
        OneTimeLink link = links.get(LinkPurpose.INVITATION, token);
        Invitation invitation = Invitation.of(link, null);
        NewPeople.Ready ready = people.prepare(wanted, invitation.displayName(), link.email());
        return db.transaction(() -> {
            links.use(LinkPurpose.INVITATION, link);
            User user = people.add(link.tenant(), ready, invitation.attributes());
            repository.join(link.tenant(), user.id(), invitation.groups());
            audit.record(
                    Act.byStranger(link.tenant(), AuthAction.USER_CREATE, "user:" + user.id())
                            .with("after", user)
                            .with("groups", invitation.groups())
                            .with("invitation", link.id()));
            return user;
        });
    }

    /// Takes an invitation back; false when there is none.
    boolean takeBack(Caller admin, UUID id) {
        return db.transaction(() -> {
            boolean taken = links.takeBack(admin.tenant(), LinkPurpose.INVITATION, id);
            if (taken) {
                audit.record(Act.by(admin, AuthAction.INVITATION_DELETE, "invitation:" + id));
            }
            return taken;
        });
    }

    private static Letter letter(Caller admin, EmailAddress email, OneTimeLinks.Made made) {
        return new Letter(
                email,
                "You are invited to Drawbridge",
                """
                %s invites you. Open this link to choose a name and a password:

                %s

                It works once, until %s.
                """
                        .formatted(admin.username(), made.url(), made.link().expiresAt()));
    }
}
