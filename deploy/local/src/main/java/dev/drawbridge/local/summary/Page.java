package dev.drawbridge.local.summary;

import dev.drawbridge.local.demo.Demo;

import java.util.List;

/// The summary for people.
public final class Page {
    private Page() {}

    public static String of(Summary summary) {
        var page = new StringBuilder();
        section(page, "Drawbridge is up");
        summary.services()
                .forEach((name, service) ->
                        row(page, name, service.url() + (service.ready() ? "" : "  (not ready)")));
        if (summary.mcp() != null) {
            row(page, "MCP endpoint", summary.mcp());
        }
        row(page, "datastore", summary.datastore().url());
        row(
                page,
                "administrator",
                summary.admin().username() + ", password in " + summary.admin().passwordFile());
        if (summary.demo() != null) {
            demo(page, summary.demo());
            if (summary.semanticSearch() != null) {
                row(page, "semantic search", summary.semanticSearch().sentence());
            }
            clients(page, summary.mcp() == null ? "" : summary.mcp(), summary.demo().callers());
        }
        return page.toString();
    }

    private static void demo(StringBuilder page, Demo demo) {
        section(page, "Demo database " + demo.database());
        row(page, "agents' login", demo.dsn());
        if (demo.connection() != null) {
            row(page, "connection", demo.connection());
        }
        for (Demo.Caller caller : demo.callers()) {
            row(
                    page,
                    caller.username(),
                    "password " + caller.password() + ", token " + caller.token());
        }
    }

    /// With the token of the caller who sees most: the last one.
    private static void clients(StringBuilder page, String mcp, List<Demo.Caller> callers) {
        if (mcp.isEmpty() || callers.isEmpty()) {
            return;
        }
        var caller = callers.getLast();
        section(page, "MCP clients, as " + caller.username() + " (paste one)");
        Clients.blocks(mcp, caller.token())
                .forEach((title, block) -> page.append(title).append('\n').append(indented(block)));
    }

    private static void section(StringBuilder page, String title) {
        page.append('\n').append(title).append('\n');
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("  %-17s %s%n".formatted(name, value));
    }

    private static String indented(String block) {
        return block.indent(2) + "\n";
    }
}
