package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Aside;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

/// What sessions have subscribed to, kept in the datastore and told to every replica: whichever has
/// a session's stream has to know.
@Singleton
public final class SessionSubscriptions {
    private static final int MOST = 1_000;

    private final SessionRepository repository;
    private final SessionNews news;
    private final Aside aside;

    SessionSubscriptions(SessionRepository repository, SessionNews news, Aside aside) {
        this.repository = repository;
        this.news = news;
        this.aside = aside;
    }

    /// Keeps a subscription.
    ///
    /// @param id of the caller's session
    /// @param uri of up to 1,000 characters
    /// @return fails with `QUOTA_EXCEEDED`, `DATABASE_UNAVAILABLE`
    public Future<Void> add(Caller caller, String id, String uri) {
        SessionKey key = SessionKey.of(caller, id);
        return aside.run(() -> repository.subscribe(key, uri, MOST))
                .map(room -> {
                    if (!room) {
                        throw new Problem.QuotaExceeded(
                                        "of %,d resources that one session may watch"
                                                .formatted(MOST))
                                .exception();
                    }
                    news.tellSubscription(key, uri, true);
                    return null;
                });
    }

    /// Forgets one, if there is such a one.
    ///
    /// @return fails with `DATABASE_UNAVAILABLE`
    public Future<Void> remove(Caller caller, String id, String uri) {
        SessionKey key = SessionKey.of(caller, id);
        return aside.run(
                        () -> {
                            repository.unsubscribe(key, uri);
                            return key;
                        })
                .map(ended -> {
                    news.tellSubscription(ended, uri, false);
                    return null;
                });
    }
}
