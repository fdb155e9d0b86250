package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.ToolListing;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

/// `tools/list`.
@Singleton
final class ToolList implements Method {
    private final ToolListing tools;
    private final Listing listing;

    ToolList(ToolListing tools, Listing listing) {
        this.tools = tools;
        this.listing = listing;
    }

    @Override
    public String name() {
        return "tools/list";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        var seen =
                tools.seenBy(exchange.caller(), exchange.selection()).stream()
                        .map(tool -> new Listing.Entry(tool.name(), tool.json()))
                        .toList();
        return Future.succeededFuture(listing.page(exchange, "tools", seen));
    }
}
