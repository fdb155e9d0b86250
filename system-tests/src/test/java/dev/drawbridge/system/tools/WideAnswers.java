package dev.drawbridge.system.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How large answers on the wide database are, and how long they take.
final class WideAnswers {
    /// Of each tool, after a first one: `-Ddrawbridge.wide.calls`.
    static final int CALLS = Integer.getInteger("drawbridge.wide.calls", 1);

    private static final double NANOS = 1_000_000;

    private final Map<String, Map<String, Answers>> tools = new TreeMap<>();

    private static final class Answers {
        private long bytes;
        private double first;
        private final List<Double> millis = new ArrayList<>();

        private String cells() {
            List<Double> sorted = millis.stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    " %,d | %.0f | %.0f | %.0f |",
                    bytes,
                    first,
                    sorted.get(sorted.size() / 2),
                    sorted.getLast());
        }
    }

    /// @param isFirst whether nothing of it is remembered yet
    void add(String tool, String server, int bytes, boolean isFirst, long nanos) {
        Answers answers =
                tools.computeIfAbsent(tool, _ -> new TreeMap<>())
                        .computeIfAbsent(server, _ -> new Answers());
        answers.bytes = Math.max(answers.bytes, bytes);
        if (isFirst) {
            answers.first = Math.max(answers.first, nanos / NANOS);
        } else {
            answers.millis.add(nanos / NANOS);
        }
    }

    String table() {
        var text = new StringBuilder("| |");
        tools.values().iterator().next().keySet().forEach(server -> text.append(header(server)));
        text.append("\n| --- |").append(" ---: | ---: | ---: | ---: |".repeat(2)).append('\n');
        tools.forEach((tool, servers) -> {
            text.append("| ").append(tool).append(" |");
            servers.values().forEach(answers -> text.append(answers.cells()));
            text.append('\n');
        });
        return text.toString();
    }

    private static String header(String server) {
        return " " + server + ": bytes | first, ms | median, ms | worst, ms |";
    }
}
