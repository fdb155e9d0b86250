package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.mcp.session.SessionSubscription;
import dev.drawbridge.gateway.mcp.session.SessionSubscriptions;
import dev.drawbridge.gateway.resource.ResourceConfig;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The sessions that may be told something: those with a stream at this replica, and what sessions
/// have subscribed to.
@Singleton
final class Subscriptions {
    /// With the routes that answer, before the extension's own.
    private static final int ORDER = -4;

    private static final long UPKEEP_MS = 10_000;
    private static final int LONGEST = 1_000;

    private final Resources resources;
    private final SessionSubscriptions kept;
    private final ConnectionManager extension;
    private final int most;
    private final Map<String, SubscribedSession> sessions = new ConcurrentHashMap<>();

    Subscriptions(
            Resources resources,
            SessionSubscriptions kept,
            ConnectionManager extension,
            ResourceConfig config) {
        this.resources = resources;
        this.kept = kept;
        this.extension = extension;
        this.most = config.watchesPerCaller();
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(UPKEEP_MS, _ -> keepUp());
    }

    void register(@Observes Router router) {
        router.get("/mcp/v1").order(ORDER).handler(this::follow);
    }

    Collection<SubscribedSession> all() {
        return sessions.values();
    }

    /// Follows a stream that is about to open until it ends.
    private void follow(RoutingContext stream) {
        String id = stream.request().getHeader(PlainRequest.SESSION);
        if (id != null && extension.has(id)) {
            SubscribedSession session = change(id, it -> it.open(stream));
            stream.addEndHandler(_ -> change(id, it -> it.close(stream)));
            watch(session);
        }
        stream.next();
    }

    /// Subscribes a session to a resource: what changes from now on is told, by whichever replica
    /// has its stream.
    ///
    /// @param uri as its client wrote it
    /// @return fails as [Resources#watch]
    Future<Void> add(String id, Caller caller, String uri) {
        SubscribedSession known = sessions.get(id);
        if (known != null && known.has(uri) && resources.isKnown(caller, uri)) {
            return Future.succeededFuture();
        }
        if (known != null && known.size() >= most) {
            return Future.failedFuture(
                    new Problem.QuotaExceeded(
                                    "of %d resources that one session may watch".formatted(most))
                            .exception());
        }
        return resources
                .watch(caller, uri)
                .compose(watch ->
                        kept.add(caller, id, uri)
                                .onFailure(_ -> watch.close())
                                .onSuccess(_ -> begin(id, caller, uri, watch)));
    }

    private void begin(String id, Caller caller, String uri, Hearing watch) {
        change(
                id,
                session -> {
                    session.subscribe(uri);
                    session.watched(uri, resources.canonical(caller, uri).orElse(uri), watch);
                });
    }

    /// Ends a subscription, if there is one.
    Future<Void> remove(String id, Caller caller, String uri) {
        forget(id, uri);
        return uri.length() > LONGEST || uri.chars().anyMatch(Character::isISOControl)
                ? Future.succeededFuture() // Nobody ever subscribed to such a one.
                : kept.remove(caller, id, uri);
    }

    private void forget(String id, String uri) {
        if (sessions.containsKey(id)) {
            change(id, session -> session.unsubscribe(uri));
        }
    }

    /// What a session said at another replica.
    void hear(@Observes SessionSubscription told) {
        if (told.subscribed()) {
            watch(change(told.session(), session -> session.subscribe(told.uri())));
        } else {
            forget(told.session(), told.uri());
        }
    }

    /// Does something with a session, and forgets it when nothing is left of it.
    private SubscribedSession change(String id, Consumer<SubscribedSession> change) {
        var changed = new SubscribedSession[1];
        sessions.compute(
                id,
                (_, known) -> {
                    SubscribedSession session = known == null ? new SubscribedSession(id) : known;
                    change.accept(session);
                    changed[0] = session;
                    return session.isIdle() ? null : session;
                });
        return changed[0];
    }

    /// Watches what a session has subscribed to, if it has a stream to hear of it.
    private void watch(SubscribedSession session) {
        session.stream()
                .flatMap(CurrentCaller::of)
                .ifPresent(caller -> watch(session, caller, session.unwatched().iterator()));
    }

    /// One after the other, up to the first that cannot be found out about: those behind it are
    /// perhaps of the same database.
    private void watch(SubscribedSession session, Caller caller, Iterator<String> uris) {
        if (!uris.hasNext()) {
            return;
        }
        String uri = uris.next();
        resources
                .watch(caller, uri)
                .onSuccess(watch -> {
                    session.watched(uri, resources.canonical(caller, uri).orElse(uri), watch);
                    watch(session, caller, uris);
                })
                .onFailure(failure -> {
                    if (failure instanceof ProblemException known
                            && known.problem() instanceof Problem.NotFound) {
                        watch(session, caller, uris);
                    }
                });
    }

    /// Forgets sessions that have ended, and tries again what could not be watched.
    private void keepUp() {
        sessions.forEach((id, session) -> {
            if (extension.has(id)) {
                watch(session);
            } else if (sessions.remove(id, session)) {
                session.end();
            }
        });
    }
}
