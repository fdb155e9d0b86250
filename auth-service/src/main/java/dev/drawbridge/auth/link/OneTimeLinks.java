package dev.drawbridge.auth.link;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.network.BaseUrl;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Makes links and takes them back once. The secret stands in the fragment of the URL, which a
/// browser sends to nobody, and comes back in the body of a request.
@Singleton
public final class OneTimeLinks {
    private static final int MANY = 3;

    private final LinkRepository repository;
    private final LinkConfig config;

    OneTimeLinks(LinkRepository repository, LinkConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /// Whom and what a new link is for.
    ///
    /// @param user as in [OneTimeLink]
    /// @param email as in [OneTimeLink]
    public record Draft(
            String tenant,
            @Nullable UUID user,
            @Nullable EmailAddress email,
            Map<String, Object> details) {}

    /// A link that was made: its URL is a secret.
    public record Made(OneTimeLink link, URI url) {
        /// Never the URL.
        @Override
        public String toString() {
            return "Made[" + link.id() + "]";
        }
    }

    /// Makes a link that works until its purpose's lifetime is over.
    public Made make(LinkPurpose purpose, Draft draft) {
        Duration lifetime =
                purpose == LinkPurpose.INVITATION ? config.invitationLifetime() : config.lifetime();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var link =
                new OneTimeLink(
                        draft.tenant(),
                        Db.newId(),
                        draft.user(),
                        draft.email(),
                        draft.details(),
                        now,
                        now.plus(lifetime));
        var secret = LinkSecret.generate();
        repository.insert(purpose, link, secret);
        URI url = BaseUrl.of(config.baseUrl()).at(purpose.page() + "#token=" + secret.text());
        return new Made(link, url);
    }

    /// What a secret stands for, without using it up, so that slow work can be done before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for one that is unknown,
    ///   used, expired or of another purpose; which, is not said
    public OneTimeLink get(LinkPurpose purpose, @Nullable String token) {
        return LinkSecret.parse(Required.field("token", token))
                .flatMap(secret -> repository.find(purpose, secret))
                .orElseThrow(OneTimeLinks::refused);
    }

    /// Uses a link up, in the transaction that does what it is for.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` when someone else did
    public void use(LinkPurpose purpose, OneTimeLink link) {
        if (!repository.delete(link.tenant(), purpose, link.id())) {
            throw refused();
        }
    }

    /// Takes a link back. False when there is none.
    public boolean takeBack(String tenant, LinkPurpose purpose, UUID id) {
        return repository.delete(tenant, purpose, id);
    }

    /// Takes back all links of a purpose that a user has.
    public void takeBackOf(String tenant, LinkPurpose purpose, UUID user) {
        repository.deleteOf(tenant, user, Set.of(purpose));
    }

    /// Takes back all with which a user's password or address could be changed, since one of them
    /// was: whoever has such a link is not to be the one who changes it last.
    public void takeBackOf(String tenant, UUID user) {
        repository.deleteOf(tenant, user, Set.of(LinkPurpose.PASSWORD_RESET, LinkPurpose.EMAIL));
    }

    /// Links of a purpose that still work.
    public List<OneTimeLink> list(String tenant, LinkPurpose purpose, Slice slice) {
        return repository.list(tenant, purpose, slice);
    }

    /// Whether the tenant is one, and no mailbox is being filled with links for this purpose.
    public boolean maySend(String tenant, LinkPurpose purpose, EmailAddress email) {
        return repository.hasTenant(tenant)
                && repository.countRecent(tenant, purpose, email) < MANY;
    }

    private static RuntimeException refused() {
        return new Problem.Invalid("token", "is unknown, used or expired: ask for a new link")
                .exception();
    }
}
