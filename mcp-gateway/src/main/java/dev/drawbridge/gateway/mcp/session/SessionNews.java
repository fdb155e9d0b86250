package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.gateway.http.HttpConfig;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.sql.Announcements;
import dev.drawbridge.sql.Aside;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

/// What happens to sessions, told to and heard from the other replicas and auth-service.
@Singleton
final class SessionNews {
    private static final Logger LOG = Logger.getLogger(SessionNews.class);
    private static final String ENDED = "session-ended";
    private static final String LEVEL = "session-level";
    private static final String SUBSCRIPTION = "session-subscription";
    private static final Duration UPKEEP = Duration.ofMinutes(1);
    private static final int AT_ONCE = 50;

    private final ReplicaBus replicas;
    private final Announcements announcements;
    private final Sessions sessions;
    private final SessionRepository repository;
    private final ExtensionConnections connections;
    private final Event<SessionSubscription> subscriptions;
    private final Aside aside;
    private Announcements.@Nullable Hearing revocations;

    SessionNews(
            ReplicaBus replicas,
            Announcements announcements,
            Sessions sessions,
            SessionRepository repository,
            ExtensionConnections connections,
            Event<SessionSubscription> subscriptions,
            Aside aside) {
        this.replicas = replicas;
        this.announcements = announcements;
        this.sessions = sessions;
        this.repository = repository;
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.aside = aside;
    }

    void start(@Observes StartupEvent event, Vertx vertx, HttpConfig config) {
        replicas.hear(ENDED, message -> sessions.drop(keys(message)));
        replicas.hear(LEVEL, this::hearLevel);
        replicas.hear(SUBSCRIPTION, this::hearSubscription);
        replicas.onGap(() -> logged(sessions.compare()));
        revocations = announcements.hear(Revocation.CHANNEL, new Revocations());
        long idle = config.sessionIdleTimeout().toMillis();
        vertx.setPeriodic(
                Math.max(1, Math.min(UPKEEP.toMillis(), idle / 3)),
                _ -> logged(sessions.keepUp().onSuccess(this::tellEnded)));
    }

    void stop(@Observes ShutdownEvent event) {
        if (revocations != null) {
            revocations.close();
        }
    }

    void tellEnded(List<SessionKey> ended) {
        for (int i = 0; i < ended.size(); i += AT_ONCE) {
            var named = new JsonArray();
            ended.subList(i, Math.min(i + AT_ONCE, ended.size()))
                    .forEach(key -> named.add(key.tenant()).add(key.digest()));
            replicas.publish(ENDED, new JsonObject().put("sessions", named));
        }
    }

    void tellLevel(SessionKey session, String level) {
        replicas.publish(LEVEL, message(session).put("level", level));
    }

    /// @param uri short enough for a message
    void tellSubscription(SessionKey session, String uri, boolean subscribed) {
        replicas.publish(
                SUBSCRIPTION, message(session).put("uri", uri).put("subscribed", subscribed));
    }

    /// Tells this replica what a session that it takes in hand has subscribed to.
    void resume(String id, McpSession session) {
        session.subscriptions()
                .forEach(uri -> subscriptions.fire(new SessionSubscription(id, uri, true)));
    }

    private void hearLevel(JsonObject message) {
        String id = sessions.idOf(key(message));
        if (id != null) {
            connections.level(id, message.getString("level"));
        }
    }

    private void hearSubscription(JsonObject message) {
        String id = sessions.idOf(key(message));
        if (id != null) {
            subscriptions.fire(
                    new SessionSubscription(
                            id, message.getString("uri"), message.getBoolean("subscribed")));
        }
    }

    private static JsonObject message(SessionKey session) {
        return new JsonObject().put("tenant", session.tenant()).put("session", session.digest());
    }

    private static SessionKey key(JsonObject message) {
        return new SessionKey(message.getString("tenant"), message.getString("session"));
    }

    private static List<SessionKey> keys(JsonObject message) {
        List<String> named =
                message.getJsonArray("sessions").stream().map(String.class::cast).toList();
        return IntStream.range(0, named.size() / 2)
                .mapToObj(i -> new SessionKey(named.get(2 * i), named.get(2 * i + 1)))
                .toList();
    }

    /// Twice each: what is read from the datastore before it has changed there is not kept.
    private final class Revocations implements Announcements.Listener {
        /// What was revoked meanwhile was missed.
        @Override
        public void begun() {
            heard(Revocation.ofEveryone().payload());
        }

        @Override
        public void heard(String payload) {
            var revocation = Revocation.parse(payload);
            inHand(revocation);
            logged(
                    aside.run(
                                    () -> {
                                        inDatastore(revocation);
                                        return true;
                                    })
                            .onSuccess(_ -> inHand(revocation)));
        }

        @Override
        public void lost(Throwable why) {
            // RevocationListener says so.
        }

        private void inHand(Revocation revocation) {
            UUID credential = revocation.credential();
            UUID user = revocation.user();
            if (credential != null) {
                sessions.drop(session -> session.credential().equals(credential));
            } else {
                sessions.change(session ->
                        user == null || user.equals(session.caller()) ? session.doubt() : session);
            }
        }

        private void inDatastore(Revocation revocation) {
            if (revocation.credential() != null) {
                repository.endOf(Objects.requireNonNull(revocation.credential()));
            } else {
                repository.doubt(revocation.user());
            }
        }
    }

    private static void logged(Future<?> work) {
        work.onFailure(
                failure -> LOG.warnf("Sessions could not be kept up: %s", failure.toString()));
    }
}
