package dev.drawbridge.system.tools;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A call of a tool that the reference shows and tests make, as a user of the demo would.
///
/// @param tool its name, that of the file
/// @param caller of the demo
/// @param connection `till` for the one that takes writes; else the demo's
/// @param arguments but for the connection, which differs from one suite to the next
/// @param answer how far it is the same each time
/// @param shows which form of the answer the reference shows
/// @param wide arguments on a database of a thousand tables, whose names are
///   `customer_order_line_1` …; null for those that the tool cannot do without being nothing
public record ToolExample(
        String tool,
        String caller,
        String connection,
        Map<String, Object> arguments,
        Answer answer,
        Form shows,
        Map<String, Object> wide) {
    private static final Path FOLDER =
            Checkout.root().resolve("system-tests/src/test/resources/tools");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

    /// How far an answer is the same each time.
    public enum Answer {
        /// To the last character, marks and ids apart.
        SAME,
        /// It has the same members, of the same types.
        ALIKE
    }

    /// One of the two forms of an answer.
    public enum Form {
        TEXT,
        JSON
    }

    public ToolExample {
        answer = answer == null ? Answer.SAME : answer;
        shows = shows == null ? Form.TEXT : shows;
    }

    /// All of them: one file for each tool, by its name.
    public static List<ToolExample> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> of(file).stream())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<ToolExample> of(Path file) {
        String tool = file.getFileName().toString().replace(".json", "");
        try {
            List<ToolExample> read = JSON.readValue(file.toFile(), new TypeReference<>() {});
            return read.stream().map(example -> example.by(tool)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ToolExample by(String name) {
        return new ToolExample(name, caller, connection, arguments, answer, shows, wide);
    }

    /// Whether it writes, which no other test may.
    public boolean isOnTill() {
        return "till".equals(connection);
    }

    /// The arguments for a connection, if the tool takes one.
    public Map<String, Object> on(JsonNode tool, String connection) {
        var all = new HashMap<>(arguments);
        if (tool.at("/inputSchema/properties").has("connection_id")) {
            all.put("connection_id", connection);
        }
        return all;
    }
}
