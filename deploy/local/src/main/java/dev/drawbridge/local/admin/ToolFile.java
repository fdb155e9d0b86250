package dev.drawbridge.local.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tool in a file: JSON as the API takes it, or YAML as in the folder of a gateway.
final class ToolFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String KIND = "kind";

    private ToolFile() {}

    /// Its fields.
    ///
    /// @throws LaunchException that says what is wrong with the file
    static Map<String, Object> read(Path file) {
        List<JsonNode> documents = documents(file);
        if (documents.size() != 1 || !(documents.getFirst() instanceof ObjectNode tool)) {
            throw wrong(file + " is not one document with the fields of a tool.");
        }
        String kind = tool.path(KIND).asText("tool");
        if (!kind.equals("tool")) {
            throw wrong(file + " describes a " + kind + ", not a tool.");
        }
        tool.remove(KIND);
        Map<String, Object> fields = new LinkedHashMap<>();
        tool.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static List<JsonNode> documents(Path file) {
        try {
            String text = Files.readString(file).strip();
            ObjectMapper reader = text.startsWith("{") ? JSON : YAML;
            try (var all = reader.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
                return all.readAll();
            }
        } catch (JsonProcessingException malformed) {
            throw wrong(file + " is neither JSON nor YAML: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw wrong(file + " cannot be read.");
        }
    }

    private static LaunchException wrong(String what) {
        return new LaunchException(what, ExitCode.WRONG_INPUT);
    }
}
