package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One stream of notifications. What is told is asked anew each time: rights may have been taken
/// since it was opened.
final class Listener {
    /// What comes together is told together.
    private static final long GATHER_MS = 50;

    /// Where nobody can say whether the credential is still good, that is asked again.
    private static final long RETRY_MS = 2_000;

    private final Exchange exchange;
    private final ListenFilter filter;
    private final Map<String, String> watched;
    private final Resources resources;
    private final Vertx vertx;
    private final Context context;
    private final List<Hearing> open = new ArrayList<>();
    private final Set<Change> pending = new LinkedHashSet<>();
    private boolean ended;

    /// @param watched the URIs that the client wrote, and those that changes name
    Listener(
            Exchange exchange,
            ListenFilter filter,
            Map<String, String> watched,
            Resources resources,
            Vertx vertx) {
        this.exchange = exchange;
        this.filter = filter;
        this.watched = watched;
        this.resources = resources;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /// Ends with the stream.
    void keep(Hearing hearing) {
        if (ended) {
            hearing.close();
        } else {
            open.add(hearing);
        }
    }

    /// Tells the client what it will hear of: the first message of the stream.
    void acknowledge() {
        tell(
                "notifications/subscriptions/acknowledged",
                new JsonObject().put("notifications", filter.with(List.copyOf(watched.keySet()))));
    }

    /// Takes a change, on any thread.
    void hear(Change change) {
        context.runOnContext(_ -> {
            if (!ended && isNews(change) && pending.add(change) && pending.size() == 1) {
                vertx.setTimer(GATHER_MS, _ -> judge());
            }
        });
    }

    /// Whether the client wants to hear of it; or whether its own rights changed, so that it may
    /// not hear of anything any more.
    private boolean isNews(Change change) {
        return switch (change) {
            case Change.Tools(var audience) ->
                    filter.tools()
                            || (audience instanceof Audience.Concerned
                                    && audience.includes(exchange.caller()));
            case Change.Prompts _ -> filter.prompts();
            case Change.Resources _ -> filter.resources();
            case Change.Resource one -> watched.containsValue(one.uri());
        };
    }

    void keepAlive() {
        context.runOnContext(_ -> exchange.reply().stream().keepAlive());
    }

    /// Ends the stream in good order.
    void end() {
        context.runOnContext(_ -> {
            close();
            var _ = exchange.reply().end(Result.complete(new JsonObject()));
        });
    }

    /// Forgets everything that was kept for it.
    void close() {
        ended = true;
        open.forEach(Hearing::close);
        open.clear();
        pending.clear();
    }

    private void judge() {
        CurrentCaller.again(exchange.context())
                .onSuccess(caller ->
                        caller.ifPresentOrElse(this::tell, () -> refuse(unauthenticated())))
                .onFailure(failure -> {
                    if (failure instanceof ProblemException known
                            && known.problem() instanceof Problem.Unauthenticated refused) {
                        refuse(refused);
                    } else {
                        vertx.setTimer(RETRY_MS, _ -> judge());
                    }
                });
    }

    private void refuse(Problem problem) {
        close();
        var _ = exchange.reply().end(RpcException.of(problem));
    }

    private static Problem unauthenticated() {
        return new Problem.Unauthenticated("Sign in, or send a valid token.");
    }

    private void tell(Caller caller) {
        List<Change> changes = List.copyOf(pending);
        pending.clear();
        Set<String> changed = new LinkedHashSet<>();
        Set<String> lists = new LinkedHashSet<>();
        for (Change change : changes) {
            if (resources.concerns(caller, change)) {
                switch (change) {
                    case Change.Tools _ -> add(lists, filter.tools(), "tools");
                    case Change.Prompts _ -> add(lists, filter.prompts(), "prompts");
                    case Change.Resources _ -> add(lists, filter.resources(), "resources");
                    case Change.Resource one -> changed.add(one.uri());
                }
            }
        }
        lists.forEach(list -> tell("notifications/" + list + "/list_changed", new JsonObject()));
        watched.forEach((written, uri) -> {
            if (changed.contains(uri)) {
                tell("notifications/resources/updated", new JsonObject().put("uri", written));
            }
        });
    }

    private static void add(Set<String> lists, boolean wanted, String list) {
        if (wanted) {
            lists.add(list);
        }
    }

    private void tell(String method, JsonObject params) {
        var meta = new JsonObject().put(RequestMeta.SUBSCRIPTION, exchange.request().id());
        if (!exchange.reply().stream().notify(method, params.put("_meta", meta))) {
            // Whoever does not keep up would miss something without knowing.
            close();
            exchange.reply().stream().close();
        }
    }
}
