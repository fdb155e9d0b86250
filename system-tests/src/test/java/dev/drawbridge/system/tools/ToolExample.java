package dev.drawbridge.system.tools;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A call of a tool that the reference shows and tests make, as a user of the demo would.
///
/// @param tool its name
/// @param caller of the demo
/// @param connection `till` for the one that takes writes; else the demo's
/// @param arguments but for the connection, which differs from one suite to the next
/// @param answer how far it is the same each time
/// @param shows which form of the answer the reference shows
public record ToolExample(
        String tool,
        String caller,
        String connection,
        Map<String, Object> arguments,
        Answer answer,
        Form shows) {
    private static final String FILE = "/tools/examples.json";

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

    /// All of them, in the order of the file.
    public static List<ToolExample> all() {
        var json = JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
        try (var file = ToolExample.class.getResourceAsStream(FILE)) {
            return json.readValue(file, new TypeReference<>() {});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
