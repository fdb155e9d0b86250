package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.PromptJson;
import dev.drawbridge.gateway.prompt.Prompts;

import io.vertx.core.Future;

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
                prompts.list(exchange.caller()).stream()
                        .map(it -> new Listing.Entry(it.name(), PromptJson.of(it).encode()))
                        .toList();
        return Future.succeededFuture(listing.page(exchange, "prompts", seen));
    }
}
