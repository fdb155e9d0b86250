package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Tells sessions of changes, by `notifications/…/list_changed` and
/// `notifications/resources/updated` on their streams. Who hears is asked anew each time: rights
/// may have been taken since the stream was opened, and then nothing is told.
@Singleton
final class ChangeNotifications {
    /// What comes together is told together.
    private static final int GATHER_MS = 50;

    /// Sessions are told one after the other: each may have to be asked for at auth-service.
    private static final int MOST_MS = 5_000;

    private static final int RETRY_MS = 2_000;

    private final Subscriptions subscriptions;
    private final Resources resources;
    private final ConnectionManager extension;
    private final Vertx vertx;

    ChangeNotifications(
            Subscriptions subscriptions,
            Resources resources,
            ConnectionManager extension,
            Vertx vertx) {
        this.subscriptions = subscriptions;
        this.resources = resources;
        this.extension = extension;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event, Changes changes) {
        changes.hear(this::hear);
    }

    private void hear(Change change) {
        int spread = Math.min(MOST_MS, subscriptions.all().size());
        subscriptions
                .all()
                .forEach(session ->
                        tellSoon(
                                session,
                                List.of(change),
                                GATHER_MS + ThreadLocalRandom.current().nextInt(spread + 1)));
    }

    private void tellSoon(SubscribedSession session, List<Change> changes, int delayMs) {
        if (session.add(changes)) {
            vertx.setTimer(delayMs, _ -> tell(session));
        }
    }

    private void tell(SubscribedSession session) {
        List<Change> changes = session.take();
        session.stream()
                .ifPresent(stream ->
                        CurrentCaller.again(stream)
                                .onSuccess(caller ->
                                        caller.ifPresent(now -> tell(session, now, changes)))
                                .onFailure(failure -> untold(session, stream, changes, failure)));
    }

    /// Whose credential is no longer good signs in anew, or stays away. Where nobody can say
    /// whether it is, it is asked again.
    private void untold(
            SubscribedSession session,
            RoutingContext stream,
            List<Change> changes,
            Throwable failure) {
        if (failure instanceof ProblemException refused
                && !(refused.problem() instanceof Problem.Unauthenticated)) {
            tellSoon(session, changes, RETRY_MS);
        } else if (stream.response().headWritten() && !stream.response().ended()) {
            stream.response().end();
        }
    }

    private void tell(SubscribedSession session, Caller caller, List<Change> changes) {
        Set<JsonObject> told = new LinkedHashSet<>();
        for (Change change : changes) {
            if (resources.concerns(caller, change)) {
                told.addAll(notifications(session, change));
            }
        }
        McpConnectionBase connection = extension.get(session.id());
        if (connection != null) {
            told.forEach(connection::send);
        }
    }

    private static List<JsonObject> notifications(SubscribedSession session, Change change) {
        return switch (change) {
            case Change.Tools _ -> List.of(notification("tools/list_changed"));
            case Change.Prompts _ -> List.of(notification("prompts/list_changed"));
            case Change.Resources _ -> List.of(notification("resources/list_changed"));
            case Change.Resource one ->
                    session.urisOf(one).stream()
                            .map(uri ->
                                    notification("resources/updated")
                                            .put("params", new JsonObject().put("uri", uri)))
                            .toList();
        };
    }

    private static JsonObject notification(String name) {
        return new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/" + name);
    }
}
