package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Notices when resources of databases change that somebody watches: each database is asked every
/// few seconds, once for all who see it as the same login, and not at all when nobody watches
/// anything in it.
///
/// It is the content of a resource that counts, so a change that the resource does not show is
/// none, and one that another login's view does not show is none for it.
@Singleton
final class SchemaWatch {
    private static final Logger LOG = Logger.getLogger(SchemaWatch.class);

    private final Databases databases;
    private final DatabaseContents contents;
    private final Changes changes;
    private final Vertx vertx;
    private final long intervalMs;
    private final Map<String, WatchedDatabase> watched = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    SchemaWatch(
            Databases databases,
            DatabaseContents contents,
            Changes changes,
            Vertx vertx,
            ResourceConfig config) {
        this.databases = databases;
        this.contents = contents;
        this.changes = changes;
        this.vertx = vertx;
        this.intervalMs = config.watchInterval().toMillis();
        changes.hear(this::heard);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /// Announces changes of a resource from now on: what the resource is now is known when this
    /// succeeds.
    ///
    /// @return fails with `NOT_FOUND`, or as reading it fails
    Future<Hearing> begin(Caller caller, ResourceUri uri) {
        String view = view(caller, uri);
        return digests(caller, List.of(uri))
                .map(found -> {
                    String digest = found.get(uri);
                    if (digest == null) {
                        throw new Problem.NotFound("resource", uri.toString()).exception();
                    }
                    return add(view, caller, uri, digest);
                });
    }

    private String view(Caller caller, ResourceUri uri) {
        return databases.view(caller, uri.place().connection().toString(), uri.place().database());
    }

    private Future<Map<ResourceUri, String>> digests(Caller caller, List<ResourceUri> uris) {
        ResourceUri.Place place = uris.getFirst().place();
        return contents.digests(
                databases.of(
                        caller,
                        place.connection().toString(),
                        place.database(),
                        new CancelSignal(),
                        Reach.ofGateway()),
                uris);
    }

    private synchronized Hearing add(String view, Caller caller, ResourceUri uri, String digest) {
        WatchedDatabase database = watched.get(view);
        if (database == null) {
            database = new WatchedDatabase(intervalMs);
            watched.put(view, database);
            askLater(view, database);
        }
        var watcher = new WatchedDatabase.Watcher(caller, uri);
        database.add(watcher, digest);
        return () -> remove(view, watcher);
    }

    private synchronized void remove(String view, WatchedDatabase.Watcher watcher) {
        WatchedDatabase database = watched.get(view);
        if (database != null && database.remove(watcher)) {
            watched.remove(view);
        }
    }

    private void askLater(String view, WatchedDatabase database) {
        vertx.setTimer(database.delayMs(), _ -> ask(view, database));
    }

    private void ask(String view, WatchedDatabase database) {
        if (!stopping && watched.get(view) == database) {
            database.nextCaller().ifPresent(caller -> ask(view, database, caller));
        }
    }

    private void ask(String view, WatchedDatabase database, Caller caller) {
        List<ResourceUri> asked = database.uris();
        Future.succeededFuture(asked)
                .compose(uris -> digests(caller, uris))
                .onSuccess(found ->
                        database.update(asked, found)
                                .forEach((uri, digest) -> announce(uri, view, digest)))
                .onFailure(failure -> {
                    if (database.failed()) {
                        LOG.warnf("A watched database is not to be asked: %s", failure.toString());
                    }
                })
                .onComplete(_ -> askLater(view, database));
    }

    private void announce(ResourceUri uri, String view, String digest) {
        changes.announce(new Change.Resource(uri.toString(), view, digest));
    }

    /// Another replica has noticed first.
    private void heard(Change change) {
        if (change instanceof Change.Resource one && watched.get(one.view()) != null) {
            ResourceUri.parse(one.uri())
                    .ifPresent(uri -> {
                        WatchedDatabase database = watched.get(one.view());
                        if (database != null) {
                            database.know(uri, one.digest());
                        }
                    });
        }
    }

    /// How many databases are asked.
    int size() {
        return watched.size();
    }
}
