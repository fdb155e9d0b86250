package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.problem.Problem;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// `subscriptions/listen`: a stream of what changes, for as long as the client holds it.
@Singleton
final class Subscriptions implements Method {
    /// Keeps what is between from closing a stream on which nothing happens.
    private static final long SIGN_OF_LIFE_MS = 15_000;

    private final Resources resources;
    private final Changes changes;
    private final ToolCallTrail trail;
    private final ListenConfig config;
    private final Vertx vertx;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> byCaller = new ConcurrentHashMap<>();

    Subscriptions(
            Resources resources,
            Changes changes,
            ToolCallTrail trail,
            ListenConfig config,
            Vertx vertx) {
        this.resources = resources;
        this.changes = changes;
        this.trail = trail;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SIGN_OF_LIFE_MS, _ -> listeners.forEach(Listener::keepAlive));
    }

    /// Clients learn that they have to come back, to another replica.
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        listeners.forEach(Listener::end);
    }

    @Override
    public String name() {
        return "subscriptions/listen";
    }

    /// Never answers by itself: the stream ends when the client goes, or when all streams do.
    @Override
    public Future<Result> answer(Exchange exchange) {
        ListenFilter filter = ListenFilter.of(exchange.request());
        if (!exchange.reply().stream().takesEvents()) {
            throw RpcException.invalidRequest("Accept: does not take text/event-stream");
        }
        take(exchange.caller().id());
        Map<String, String> watched = new LinkedHashMap<>();
        List<Hearing> watches = new ArrayList<>();
        watch(exchange, filter.uris(), watched, watches)
                .onComplete(_ -> open(exchange, filter, watched, watches));
        return Promise.<Result>promise().future();
    }

    private void open(
            Exchange exchange,
            ListenFilter filter,
            Map<String, String> watched,
            List<Hearing> watches) {
        var listener = new Listener(exchange, filter, watched, resources, vertx);
        watches.forEach(listener::keep);
        listener.keep(changes.hear(listener::hear));
        listener.keep(() -> {
            listeners.remove(listener);
            leave(exchange.caller().id());
        });
        listeners.add(listener);
        exchange.context().addEndHandler(_ -> listener.close());
        if (exchange.reply().stream().isOpen()) {
            listener.acknowledge();
        } else {
            listener.close();
        }
    }

    /// Watches one after the other what the caller may see; the rest is not acknowledged.
    private Future<Void> watch(
            Exchange exchange,
            List<String> uris,
            Map<String, String> watched,
            List<Hearing> watches) {
        Future<Void> done = Future.succeededFuture();
        for (String uri : uris) {
            done = done.compose(_ -> watch(exchange, uri, watched, watches));
        }
        return done;
    }

    private Future<Void> watch(
            Exchange exchange, String uri, Map<String, String> watched, List<Hearing> watches) {
        var canonical = resources.canonical(exchange.caller(), uri);
        if (canonical.isEmpty()) {
            trail.addUnseen(exchange.useOfResource(uri));
            return Future.succeededFuture();
        }
        return resources
                .watch(exchange.caller(), uri)
                .onSuccess(watch -> {
                    watches.add(watch);
                    watched.put(uri, canonical.get());
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void take(UUID caller) {
        int mine = byCaller.merge(caller, 1, Integer::sum);
        if (mine > config.perCaller() || listeners.size() >= config.most()) {
            leave(caller);
            throw new Problem.QuotaExceeded("streams of notifications").exception();
        }
    }

    private void leave(UUID caller) {
        byCaller.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
    }
}
