package dev.drawbridge.system.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A question that somebody of the demo's company asks, what the answer is, and the calls that find
/// it: a line of `questions.jsonl`.
///
/// @param as which of the demo's callers asks
/// @param calls `{tool, arguments}`, in order
/// @param value which part of the last call's answer is the one to the question: names and indexes
///   with dots between, `*` for each of a list
/// @param sql the same question by hand, to the tables as they are, with what the caller may see
///   written out
/// @param answer rows of texts
record RetailQuestion(
        String question,
        String as,
        List<JsonNode> calls,
        String value,
        String sql,
        List<List<String>> answer) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FILE =
            Checkout.root().resolve("system-tests/src/test/resources/questions.jsonl");

    static Stream<RetailQuestion> all() {
        try {
            return Files.readAllLines(FILE).stream().map(RetailQuestion::read);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static RetailQuestion read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return new RetailQuestion(
                    json.path("question").asText(),
                    json.path("as").asText(),
                    elements(json.path("calls")),
                    json.path("value").asText(),
                    json.path("sql").asText(),
                    rows(elements(json.path("answer"))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(line, unreadable);
        }
    }

    @Override
    public String toString() {
        return as + ": " + question;
    }

    /// What of a call's answer is compared, as rows of texts.
    List<List<String>> found(JsonNode structured) {
        List<JsonNode> nodes = List.of(structured);
        for (String step : value.split("\\.")) {
            nodes = nodes.stream().flatMap(node -> step(node, step)).toList();
        }
        return rows(nodes);
    }

    private static Stream<JsonNode> step(JsonNode node, String step) {
        return step.equals("*")
                ? elements(node).stream()
                : Stream.of(node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step));
    }

    /// Rows of a database in the same form.
    static List<List<String>> texts(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(cell -> text(String.valueOf(cell))).toList())
                .toList();
    }

    private static List<List<String>> rows(List<JsonNode> nodes) {
        return nodes.stream()
                .map(node -> node.isArray() ? elements(node) : List.of(node))
                .map(row -> row.stream().map(cell -> text(told(cell))).toList())
                .toList();
    }

    private static String told(JsonNode cell) {
        return cell.isValueNode() ? cell.asText() : cell.toString();
    }

    /// Numbers and JSON are the same however they are written; numbers to nine digits.
    private static String text(String written) {
        try {
            return new BigDecimal(written)
                    .round(new MathContext(9))
                    .stripTrailingZeros()
                    .toPlainString();
        } catch (NumberFormatException noNumber) {
            return written.startsWith("{") ? compact(written) : written;
        }
    }

    private static String compact(String json) {
        try {
            return JSON.readTree(json).toString();
        } catch (IOException noJson) {
            return json;
        }
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
