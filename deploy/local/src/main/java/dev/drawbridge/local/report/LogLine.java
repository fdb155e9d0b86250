package dev.drawbridge.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.regex.Pattern;

/// One line of a log as people want to see it below a failure: services write JSON, PostgreSQL
/// text.
record LogLine(String text, boolean isTrouble) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TROUBLE =
            Pattern.compile("\\b(WARN|WARNING|ERROR|FATAL|PANIC|HINT)\\b|Exception");
    private static final int LENGTH = 400;

    static LogLine of(String line) {
        return line.startsWith("{") ? ofJson(line) : ofText(line);
    }

    private static LogLine ofText(String line) {
        return new LogLine(shortened(line), TROUBLE.matcher(line).find());
    }

    private static LogLine ofJson(String line) {
        try {
            JsonNode record = JSON.readTree(line);
            String level = record.path("level").asText();
            var text = new StringBuilder(level).append(' ').append(record.path("message").asText());
            for (var cause = record.path("exception");
                    cause.has("message");
                    cause = cause.path("causedBy").path("exception")) {
                text.append(": ").append(cause.path("message").asText());
            }
            return new LogLine(shortened(text.toString()), TROUBLE.matcher(level).matches());
        } catch (JsonProcessingException _) {
            return ofText(line);
        }
    }

    private static String shortened(String line) {
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
