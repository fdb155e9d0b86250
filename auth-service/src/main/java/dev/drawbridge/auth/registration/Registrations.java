package dev.drawbridge.auth.registration;

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
import dev.drawbridge.auth.user.UserRepository;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/// Whoever asks for an account is answered alike; only the letter knows whether there is one.
@Singleton
final class Registrations {
    private final Db db;
    private final RegistrationConfig config;
    private final NewPeople people;
    private final UserRepository users;
    private final OneTimeLinks links;
    private final Post post;
    private final Audit audit;

    Registrations(
            Db db,
            RegistrationConfig config,
            NewPeople people,
            UserRepository users,
            OneTimeLinks links,
            Post post,
            Audit audit) {
        this.db = db;
        this.config = config;
        this.people = people;
        this.users = users;
        this.links = links;
        this.post = post;
        this.audit = audit;
    }

    /// Sends a letter, behind the answer.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` where registration is off,
    ///   `CONFLICT` without a mail server, `VALIDATION_ERROR` for a domain that may not
    void ask(String tenant, EmailAddress email) {
        requireOpen();
        post.requireConfigured();
        String domain = email.key().substring(email.key().indexOf('@') + 1);
        boolean allowed =
                config.allowedDomains()
                        .map(domains ->
                                domains.stream()
                                        .map(known -> known.toLowerCase(Locale.ROOT))
                                        .anyMatch(domain::equals))
                        .orElse(true);
        if (!allowed) {
            throw new Problem.Invalid("email", "is of a domain that may not register here")
                    .exception();
        }
        post.behind(() -> {
            if (links.maySend(tenant, LinkPurpose.REGISTRATION, email)) {
                post.send(
                        users.isTaken(tenant, email, null)
                                ? already(email)
                                : letter(tenant, email));
            }
        });
    }

    /// The new user, whose address is verified by the link.
    User complete(@Nullable String token, NewPeople.Wanted wanted) {
        requireOpen();
        OneTimeLink link = links.get(LinkPurpose.REGISTRATION, token);
        NewPeople.Ready ready = people.prepare(wanted, null, link.email());
        return db.transaction(() -> {
            links.use(LinkPurpose.REGISTRATION, link);
            User user = people.add(link.tenant(), ready, Map.of());
            audit.record(
                    Act.byStranger(link.tenant(), AuthAction.USER_CREATE, "user:" + user.id())
                            .with("after", user));
            return user;
        });
    }

    private void requireOpen() {
        if (!config.enabled()) {
            throw new Problem.NotFound("registration", "here").exception();
        }
    }

    private Letter letter(String tenant, EmailAddress email) {
        OneTimeLinks.Made made =
                links.make(
                        LinkPurpose.REGISTRATION,
                        new OneTimeLinks.Draft(tenant, null, email, Map.of()));
        return new Letter(
                email,
                "Your account at Drawbridge",
                """
                Open this link to choose a name and a password:

                %s

                It works once, until %s. If it was not you who asked, do nothing.
                """
                        .formatted(made.url(), made.link().expiresAt()));
    }

    private static Letter already(EmailAddress email) {
        return new Letter(
                email,
                "Your account at Drawbridge",
                """
                Someone asked for an account for this address. There is one already: sign in with it,
                or ask for a new password. If it was not you who asked, do nothing.
                """);
    }
}
