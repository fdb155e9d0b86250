package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.ToolJson;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.Tools;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;

/// `tools/list`.
@Singleton
final class ToolList implements Method {
    private final Tools tools;
    private final Listing listing;
    private final List<Listing.Entry> all;

    ToolList(Tools tools, Listing listing) {
        this.tools = tools;
        this.listing = listing;
        this.all = tools.definitions().stream().map(ToolList::entry).toList();
    }

    @Override
    public String name() {
        return "tools/list";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        var seen =
                all.stream()
                        .filter(tool -> tools.isVisible(exchange.caller(), tool.key()))
                        .toList();
        return Future.succeededFuture(listing.page(exchange, "tools", seen));
    }

    private static Listing.Entry entry(ToolDefinition tool) {
        return new Listing.Entry(tool.name(), ToolJson.of(tool).encode());
    }
}
