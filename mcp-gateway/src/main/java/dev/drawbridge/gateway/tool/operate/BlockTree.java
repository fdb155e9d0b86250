package dev.drawbridge.gateway.tool.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Sessions that block one another: below each those that wait for it. One that waits for several,
/// as who stands in a queue does for all before it, is below one of them and names the others.
final class BlockTree {
    /// Sessions that are shown.
    private static final int MOST = 25;

    private static final int MOST_OTHERS = 5;
    private static final String BLOCKED_BY = "blockedBy";
    private static final String ALSO = "alsoBlockedBy";

    private final Map<Integer, JsonObject> sessions = new LinkedHashMap<>();
    private final List<JsonObject> roots = new ArrayList<>();
    private final Set<Integer> opened = new HashSet<>();

    private BlockTree() {}

    /// @param sessions with their `pid` and the pids in `blockedBy`
    static BlockTree of(List<JsonObject> sessions) {
        var tree = new BlockTree();
        sessions.forEach(session -> tree.sessions.put(session.getInteger("pid"), session));
        sessions.stream().filter(session -> !isBlocked(session)).forEach(tree::root);
        // What is left waits in a circle, which the server is about to break.
        sessions.stream()
                .filter(session -> !tree.opened.contains(session.getInteger("pid")))
                .toList()
                .forEach(tree::root);
        return tree;
    }

    private void root(JsonObject session) {
        if (!opened.contains(session.getInteger("pid")) && opened.size() < MOST) {
            roots.add(node(session));
        }
    }

    private JsonObject node(JsonObject session) {
        Integer pid = session.getInteger("pid");
        var node = new JsonObject();
        session.forEach(field -> {
            if (field.getValue() != null && !field.getKey().equals(BLOCKED_BY)) {
                node.put(field.getKey(), field.getValue());
            }
        });
        opened.add(pid);
        var blocks = new JsonArray();
        sessions.values().stream()
                .filter(BlockTree::isBlocked)
                .filter(other -> other.getJsonArray(BLOCKED_BY).contains(pid))
                .filter(other -> opened.size() < MOST)
                .filter(other -> !opened.contains(other.getInteger("pid")))
                .forEach(other -> blocks.add(node(other).put(ALSO, others(other, pid))));
        if (!blocks.isEmpty()) {
            node.put("blocks", blocks);
        }
        return node;
    }

    /// Whom a session waits for besides one.
    private static @Nullable String others(JsonObject session, Integer pid) {
        List<String> others =
                session.getJsonArray(BLOCKED_BY).stream()
                        .filter(other -> !other.equals(pid))
                        .map(String::valueOf)
                        .toList();
        String some = others.stream().limit(MOST_OTHERS).collect(Collectors.joining(", "));
        int more = others.size() - MOST_OTHERS;
        return others.isEmpty() ? null : some + (more > 0 ? " and " + more + " more" : "");
    }

    private static boolean isBlocked(JsonObject session) {
        return session.getJsonArray(BLOCKED_BY) != null;
    }

    int waiting() {
        return (int) sessions.values().stream().filter(BlockTree::isBlocked).count();
    }

    /// How long the one waits that waits longest, in seconds.
    long longest() {
        return sessions.values().stream()
                .map(one -> one.getLong("waitsSeconds"))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    String summary() {
        if (waiting() == 0) {
            return "No session of this database waits for a lock.";
        }
        boolean idle =
                roots.stream()
                        .anyMatch(one -> one.getString("state", "").startsWith("idle in trans"));
        return Quantity.count(waiting(), "session waits", "sessions wait")
                + " for locks, the longest for "
                + Quantity.seconds(longest())
                + ". "
                + Quantity.count(roots.size(), "root", "roots")
                + ": start there."
                + (opened.size() < sessions.size()
                        ? " Shown are " + opened.size() + " of " + sessions.size() + " sessions."
                        : "")
                + (idle
                        ? " A root that is idle in transaction has to commit or roll back: its"
                                + " application forgot; a cancel does not end it."
                        : " cancel_query ends the statement of a root that is active.");
    }

    JsonObject json() {
        return new JsonObject()
                .put("waiting", waiting())
                .put("roots", new JsonArray(List.<@Nullable Object>copyOf(roots)));
    }

    /// A line a session, indented by how far it is from its root.
    String text() {
        var text = new StringBuilder();
        roots.forEach(root -> append(text, root, ""));
        return text.toString();
    }

    private static void append(StringBuilder text, JsonObject node, String indent) {
        text.append(indent).append("pid ").append(node.getInteger("pid"));
        part(text, " role ", node.getString("role"));
        part(text, " application ", node.getString("application"));
        part(text, " from ", node.getString("client"));
        part(text, ", ", node.getString("state"));
        part(text, " for ", seconds(node, "stateSeconds"));
        part(text, ", transaction ", seconds(node, "transactionSeconds"));
        part(text, ", holds ", node.getString("holds"));
        if (node.getString("waitsFor") != null) {
            text.append(", waits");
            part(text, " ", seconds(node, "waitsSeconds"));
            part(text, " for ", node.getString("waitsFor"));
            part(text, " on ", node.getString("on"));
        }
        part(text, ", also blocked by ", node.getString(ALSO));
        part(text, ": ", node.getString("query"));
        text.append('\n');
        JsonArray blocks = node.getJsonArray("blocks");
        if (blocks != null) {
            ReportText.objects(blocks).forEach(one -> append(text, one, indent + "  "));
        }
    }

    private static void part(StringBuilder text, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append(name).append(ReportText.escaped(value));
        }
    }

    private static @Nullable String seconds(JsonObject node, String name) {
        return node.getValue(name) instanceof Number seconds ? Quantity.seconds(seconds) : null;
    }
}
