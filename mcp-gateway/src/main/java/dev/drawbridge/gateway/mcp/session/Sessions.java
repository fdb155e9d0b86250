package dev.drawbridge.gateway.mcp.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;

import dev.drawbridge.gateway.http.HttpConfig;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Aside;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The sessions that this replica has in hand, out of those in the datastore. One in hand costs no
/// question to it; any other is looked up there, and gone on with. A session id is a name: with
/// another caller's credential it names nothing.
///
/// Nothing comes into hand from before a change: what was read while one happened is read again.
@Singleton
final class Sessions {
    private static final int TRIES = 5;
    private static final int BOUND_EVERY = 100;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SessionRepository repository;
    private final ExtensionConnections connections;
    private final SessionStreams streams;
    private final Aside aside;
    private final HttpConfig config;
    private final Cache<SessionKey, Live> live;
    private final Set<SessionKey> used = ConcurrentHashMap.newKeySet();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();

    /// @param id as the client names it
    record Live(String id, McpSession session) {}

    Sessions(
            SessionRepository repository,
            ExtensionConnections connections,
            SessionStreams streams,
            Aside aside,
            HttpConfig config) {
        this.repository = repository;
        this.connections = connections;
        this.streams = streams;
        this.aside = aside;
        this.config = config;
        this.live =
                Caffeine.newBuilder()
                        .maximumSize(config.sessions())
                        .expireAfterAccess(config.sessionIdleTimeout())
                        .executor(Runnable::run)
                        .removalListener(this::left)
                        .build();
    }

    /// Whether the session is in hand and the caller's.
    boolean has(SessionKey key, Caller caller, String id) {
        Live found = live.getIfPresent(key);
        if (found == null || !found.session().isOf(caller) || !connections.goOn(id)) {
            return false;
        }
        used.add(key);
        return true;
    }

    /// Takes the session in hand from the datastore.
    ///
    /// @return the session; null when there is none of this caller
    Future<@Nullable McpSession> find(SessionKey key, Caller caller, String id) {
        return find(key, caller, id, TRIES);
    }

    private Future<@Nullable McpSession> find(SessionKey key, Caller caller, String id, int tries) {
        long before = changes.get();
        return aside.run(() -> repository.find(key, caller.id(), config.sessionIdleTimeout()))
                .compose(found -> {
                    if (found.isEmpty() || !found.get().isOf(caller)) {
                        return Future.succeededFuture();
                    }
                    live.put(key, new Live(id, found.get()));
                    connections.resume(id, found.get());
                    if (changes.get() == before) {
                        used.add(key);
                        return Future.succeededFuture(found.get());
                    }
                    drop(List.of(key));
                    return tries == 0
                            ? Future.failedFuture(new Problem.Overloaded(RETRY).exception())
                            : find(key, caller, id, tries - 1);
                });
    }

    /// Begins one, and ends those that there is no room for beside it.
    ///
    /// @return those that ended for it
    Future<List<SessionKey>> begin(
            SessionKey key, Caller caller, String id, Initialization initialization) {
        return aside.run(
                        () -> {
                            repository.add(key, caller, initialization);
                            List<SessionKey> ended =
                                    new ArrayList<>(
                                            repository.keepNewest(
                                                    caller, config.sessionsPerCaller()));
                            if (begun.incrementAndGet() % BOUND_EVERY == 0) {
                                ended.addAll(repository.keepUsed(config.sessions()));
                            }
                            return ended;
                        })
                .map(ended -> {
                    live.put(key, new Live(id, McpSession.begun(key, caller, initialization)));
                    drop(ended);
                    return ended;
                });
    }

    /// Ends one that is in hand or not.
    Future<Void> end(SessionKey key) {
        return aside.run(
                        () -> {
                            repository.end(key);
                            return key;
                        })
                .map(ended -> {
                    drop(List.of(ended));
                    return null;
                });
    }

    /// Lets go of sessions that have ended.
    void drop(Iterable<SessionKey> ended) {
        changes.incrementAndGet();
        live.invalidateAll(ended);
    }

    /// Lets go of sessions of which this is true.
    void drop(Predicate<McpSession> ended) {
        changes.incrementAndGet();
        live.asMap().values().removeIf(it -> ended.test(it.session()));
    }

    /// Changes what is in hand of sessions.
    void change(UnaryOperator<McpSession> change) {
        changes.incrementAndGet();
        live.asMap().replaceAll((_, it) -> new Live(it.id(), change.apply(it.session())));
    }

    /// The id of a session in hand.
    @Nullable String idOf(SessionKey key) {
        Live found = live.asMap().get(key);
        return found == null ? null : found.id();
    }

    /// Compares what is in hand with the datastore: something may have been missed.
    Future<Void> compare() {
        changes.incrementAndGet();
        Set<SessionKey> inHand = new HashSet<>(live.asMap().keySet());
        return aside.run(() -> repository.list(inHand))
                .map(found -> {
                    Map<SessionKey, McpSession> there =
                            found.stream()
                                    .collect(
                                            Collectors.toMap(McpSession::key, Function.identity()));
                    drop(session ->
                            inHand.contains(session.key()) && !there.containsKey(session.key()));
                    change(session -> there.getOrDefault(session.key(), session));
                    found.forEach(this::resume);
                    return null;
                });
    }

    /// Notes in the datastore what was used, and ends what was not for long.
    ///
    /// @return those that ended
    Future<List<SessionKey>> keepUp() {
        List<SessionKey> touched = List.copyOf(used);
        touched.forEach(used::remove);
        return aside.run(
                        () -> {
                            repository.touch(touched);
                            List<SessionKey> ended =
                                    new ArrayList<>(
                                            repository.endIdle(config.sessionIdleTimeout()));
                            ended.addAll(repository.keepUsed(config.sessions()));
                            return ended;
                        })
                .map(ended -> {
                    drop(ended);
                    return ended;
                });
    }

    private void resume(McpSession session) {
        String id = idOf(session.key());
        if (id != null) {
            connections.resume(id, session);
        }
    }

    private void left(@Nullable SessionKey key, @Nullable Live left, RemovalCause why) {
        if (key != null && left != null && why != RemovalCause.REPLACED) {
            used.remove(key);
            connections.end(left.id());
            streams.end(key);
        }
    }
}
