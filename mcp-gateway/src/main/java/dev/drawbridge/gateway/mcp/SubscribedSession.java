package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Hearing;

import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A session's streams at this replica, the resources that it has subscribed to, and what it is
/// about to be told. A resource is watched only while somebody would hear of it.
final class SubscribedSession {
    private final String id;
    private final Set<RoutingContext> streams = new LinkedHashSet<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<Change> pending = new LinkedHashSet<>();

    SubscribedSession(String id) {
        this.id = id;
    }

    /// @param canonical the URI that changes name; null while it is not watched
    private record Subscription(@Nullable String canonical, @Nullable Hearing watch) {
        static final Subscription UNWATCHED = new Subscription(null, null);

        Subscription end() {
            if (watch != null) {
                watch.close();
            }
            return UNWATCHED;
        }
    }

    String id() {
        return id;
    }

    synchronized void open(RoutingContext stream) {
        streams.add(stream);
    }

    synchronized void close(RoutingContext stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            subscriptions.replaceAll((_, one) -> one.end());
            pending.clear();
        }
    }

    /// Ends everything.
    synchronized void end() {
        subscriptions.values().forEach(Subscription::end);
        subscriptions.clear();
        pending.clear();
    }

    /// A stream of the session, which tells who hears.
    synchronized Optional<RoutingContext> stream() {
        return streams.stream().findFirst();
    }

    synchronized boolean isIdle() {
        return streams.isEmpty() && subscriptions.isEmpty();
    }

    synchronized int size() {
        return subscriptions.size();
    }

    synchronized boolean has(String uri) {
        return subscriptions.containsKey(uri);
    }

    /// @param uri as its client wrote it
    synchronized void subscribe(String uri) {
        subscriptions.putIfAbsent(uri, Subscription.UNWATCHED);
    }

    synchronized void unsubscribe(String uri) {
        Subscription known = subscriptions.remove(uri);
        if (known != null) {
            known.end();
        }
    }

    /// Those of its subscriptions that somebody should watch and nobody does.
    synchronized List<String> unwatched() {
        List<String> uris = new ArrayList<>();
        if (!streams.isEmpty()) {
            subscriptions.forEach((uri, one) -> {
                if (one.watch() == null) {
                    uris.add(uri);
                }
            });
        }
        return uris;
    }

    /// Takes a watch, or ends it where nobody needs it any more.
    synchronized void watched(String uri, String canonical, Hearing watch) {
        Subscription known = subscriptions.get(uri);
        if (streams.isEmpty() || known == null || known.watch() != null) {
            watch.close();
        } else {
            subscriptions.put(uri, new Subscription(canonical, watch));
        }
    }

    /// The URIs, as the client wrote them, that a change of a resource is one of.
    synchronized List<String> urisOf(Change.Resource change) {
        List<String> uris = new ArrayList<>();
        subscriptions.forEach((uri, one) -> {
            if (change.uri().equals(one.canonical())) {
                uris.add(uri);
            }
        });
        return uris;
    }

    /// Takes those of the changes that may be some for this session.
    ///
    /// @return whether there are any, the first ones to be told of
    synchronized boolean add(List<Change> changes) {
        boolean none = pending.isEmpty();
        if (!streams.isEmpty()) {
            changes.stream().filter(this::mayConcern).forEach(pending::add);
        }
        return none && !pending.isEmpty();
    }

    private boolean mayConcern(Change change) {
        return !(change instanceof Change.Resource one) || !urisOf(one).isEmpty();
    }

    /// What is to be told.
    synchronized List<Change> take() {
        List<Change> all = List.copyOf(pending);
        pending.clear();
        return all;
    }
}
