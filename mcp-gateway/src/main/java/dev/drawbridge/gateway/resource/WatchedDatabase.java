package dev.drawbridge.gateway.resource;

import dev.drawbridge.identity.Caller;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is watched in a database as one login sees it, and what it was when it was last asked.
final class WatchedDatabase {
    private static final long LONGEST_DELAY_MS = 60_000;

    private final long intervalMs;
    private final Deque<Watcher> watchers = new ArrayDeque<>();
    private final Map<ResourceUri, String> digests = new HashMap<>();
    private long delayMs;

    /// @param intervalMs between two questions while they are answered
    WatchedDatabase(long intervalMs) {
        this.intervalMs = intervalMs;
        this.delayMs = intervalMs;
    }

    /// Somebody's watch of a resource; each is another one.
    static final class Watcher {
        private final Caller caller;
        private final ResourceUri uri;

        Watcher(Caller caller, ResourceUri uri) {
            this.caller = caller;
            this.uri = uri;
        }
    }

    /// Begins a watch.
    ///
    /// @param digest of the resource now; where others watch it, what they know stays, so that they
    ///   are told
    synchronized void add(Watcher watcher, String digest) {
        watchers.addLast(watcher);
        digests.putIfAbsent(watcher.uri, digest);
    }

    /// Ends a watch.
    ///
    /// @return whether nobody is left
    synchronized boolean remove(Watcher watcher) {
        watchers.remove(watcher);
        if (watchers.stream().noneMatch(other -> other.uri.equals(watcher.uri))) {
            digests.remove(watcher.uri);
        }
        return watchers.isEmpty();
    }

    synchronized List<ResourceUri> uris() {
        return List.copyOf(digests.keySet());
    }

    /// Whose login to ask with: another one each time, so that one who may not ask any more keeps
    /// nobody from being told.
    synchronized Optional<Caller> nextCaller() {
        Watcher next = watchers.pollFirst();
        if (next == null) {
            return Optional.empty();
        }
        watchers.addLast(next);
        return Optional.of(next.caller);
    }

    /// Takes an answer.
    ///
    /// @param asked what it was asked for; others may have come to be watched meanwhile
    /// @param found digests of those that there are
    /// @return those that are others than before; an empty digest when there is no such resource
    synchronized Map<ResourceUri, String> update(
            List<ResourceUri> asked, Map<ResourceUri, String> found) {
        delayMs = intervalMs;
        Map<ResourceUri, String> changed = new LinkedHashMap<>();
        for (ResourceUri uri : asked) {
            String now = found.getOrDefault(uri, "");
            String before = digests.replace(uri, now);
            if (before != null && !now.equals(before)) {
                changed.put(uri, now);
            }
        }
        return changed;
    }

    /// What another replica was answered.
    synchronized void know(ResourceUri uri, String digest) {
        digests.computeIfPresent(uri, (_, _) -> digest);
    }

    /// The database was not to be asked: it is left alone a little longer each time.
    ///
    /// @return whether it answered the time before
    synchronized boolean failed() {
        boolean first = delayMs == intervalMs;
        delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS);
        return first;
    }

    synchronized long delayMs() {
        return delayMs;
    }
}
