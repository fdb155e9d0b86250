package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.Prompts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

/// `prompts/list`.
@Singleton
final class PromptList implements Method {
    private final Prompts prompts;
    private final Listing listing;

    PromptList(Prompts prompts, Listing listing) {
        this.prompts = prompts;
        this.listing = listing;
    }

    @Override
    public String name() {
        return "prompts/list";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        var seen =
                prompts.list().stream()
                        .filter(prompt -> prompts.isVisible(exchange.caller(), prompt.name()))
                        .map(PromptList::entry)
                        .toList();
        return Future.succeededFuture(listing.page(exchange, "prompts", seen));
    }

    private static Listing.Entry entry(Prompt prompt) {
        var arguments = new JsonArray();
        for (Prompt.Argument argument : prompt.arguments()) {
            arguments.add(
                    new JsonObject()
                            .put("name", argument.name())
                            .put("description", argument.description())
                            .put("required", argument.required()));
        }
        var json =
                new JsonObject()
                        .put("name", prompt.name())
                        .put("title", prompt.title())
                        .put("description", prompt.description())
                        .put("arguments", arguments);
        return new Listing.Entry(prompt.name(), json.encode());
    }
}
