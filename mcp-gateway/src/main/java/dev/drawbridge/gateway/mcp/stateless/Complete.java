package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.mcp.wire.ResourceJson;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.gateway.resource.Resources;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.Map;

/// `completion/complete`.
@Singleton
final class Complete implements Method {
    private final Prompts prompts;
    private final Resources resources;

    Complete(Prompts prompts, Resources resources) {
        this.prompts = prompts;
        this.resources = resources;
    }

    @Override
    public String name() {
        return "completion/complete";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        Request request = exchange.request();
        JsonObject ref = request.object("ref");
        JsonObject argument = request.object("argument");
        String name = text(argument, "argument", "name");
        String written = text(argument, "argument", "value");
        Map<String, String> known = known(request);
        Future<Completion> completed =
                switch (text(ref, "ref", "type")) {
                    case "ref/prompt" ->
                            prompts.complete(
                                    exchange.caller(),
                                    text(ref, "ref", "name"),
                                    name,
                                    written,
                                    known);
                    case "ref/resource" ->
                            resources.complete(
                                    exchange.caller(),
                                    text(ref, "ref", "uri"),
                                    name,
                                    written,
                                    known);
                    default ->
                            throw RpcException.missing(
                                    "ref.type", "is neither ref/prompt nor ref/resource");
                };
        return completed.map(completion -> Result.complete(ResourceJson.of(completion)));
    }

    private static Map<String, String> known(Request request) {
        Map<String, String> known = new HashMap<>();
        if (request.optionalObject("context").getValue("arguments") instanceof JsonObject given) {
            given.forEach(one -> {
                if (one.getValue() instanceof String text) {
                    known.put(one.getKey(), text);
                }
            });
        }
        return known;
    }

    private static String text(JsonObject object, String at, String name) {
        if (object.getValue(name) instanceof String text) {
            return text;
        }
        throw RpcException.missing(at + "." + name, "is missing or no string");
    }
}
