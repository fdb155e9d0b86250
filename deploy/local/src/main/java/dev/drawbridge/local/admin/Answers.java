package dev.drawbridge.local.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.local.home.JsonFile;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a command says on standard output: one JSON object for scripts, lines for people.
record Answers(PrintStream out, boolean json) {
    /// Names come from others: nothing in them may move a terminal's cursor.
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /// A list, each item also as a line of the table.
    void list(List<JsonNode> items, Table table) {
        if (json) {
            out.println(JsonFile.text(Map.of("items", items)));
        } else {
            table.lines(items).forEach(out::println);
        }
        out.flush();
    }

    /// One thing, also as a sentence.
    void one(Object thing, String sentence) {
        out.println(json ? JsonFile.text(thing) : shown(sentence));
        out.flush();
    }

    /// One thing, also as lines.
    void one(JsonNode thing, List<String> lines) {
        if (json) {
            out.println(JsonFile.text(thing));
        } else {
            lines.forEach(line -> out.println(shown(line)));
        }
        out.flush();
    }

    /// The text with everything that is not seen written out.
    static String shown(String text) {
        return UNSEEN.matcher(text)
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }

    /// Columns by title, each with the field of an item that it shows.
    record Table(Map<String, String> columns) {
        private static final String GAP = "  ";

        static Table of(String... titlesAndFields) {
            Map<String, String> columns = new LinkedHashMap<>();
            for (int i = 0; i < titlesAndFields.length; i += 2) {
                columns.put(titlesAndFields[i], titlesAndFields[i + 1]);
            }
            return new Table(columns);
        }

        List<String> lines(List<JsonNode> items) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.copyOf(columns.keySet()));
            for (JsonNode item : items) {
                rows.add(columns.values().stream().map(field -> cell(item.path(field))).toList());
            }
            int[] widths =
                    IntStream.range(0, columns.size())
                            .map(i ->
                                    rows.stream()
                                            .mapToInt(row -> width(row.get(i)))
                                            .max()
                                            .orElse(0))
                            .toArray();
            return rows.stream().map(row -> line(row, widths)).toList();
        }

        private static String line(List<String> row, int[] widths) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - width(row.get(i))))
                        .append(GAP);
            }
            return line.toString().stripTrailing();
        }

        private static int width(String text) {
            return text.codePointCount(0, text.length());
        }

        private static String cell(JsonNode value) {
            if (value.isMissingNode() || value.isNull()) {
                return "-";
            }
            return shown(value.isValueNode() ? value.asText() : JsonFile.text(value));
        }
    }
}
