package dev.drawbridge.local.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file of definitions as the gateway's folder has them: YAML, in which JSON is written as it is.
final class OwnFile {
    private static final String KIND = "kind";
    private static final ObjectMapper JSON = strict(new ObjectMapper());
    private static final ObjectMapper YAML = strict(new ObjectMapper(new YAMLFactory()));

    private OwnFile() {}

    /// Those of a kind, and those that say none, in their order.
    ///
    /// @throws LaunchException when there is none, and for what is no definition
    static List<Map<String, Object>> read(Path file, String kind) {
        List<Map<String, Object>> definitions = new ArrayList<>();
        for (JsonNode next : documents(file)) {
            if (next instanceof ObjectNode document) {
                if (document.path(KIND).asText(kind).equals(kind)) {
                    definitions.add(definition(document));
                }
            } else if (!next.isNull()) {
                throw wrong(file + " has something that is no map of names and values.");
            }
        }
        if (definitions.isEmpty()) {
            throw wrong("%s defines no %s.".formatted(file, kind));
        }
        return definitions;
    }

    private static List<JsonNode> documents(Path file) {
        try {
            String text = Files.readString(file).strip();
            try {
                return documents(YAML, text);
            } catch (JsonProcessingException noYaml) {
                if (text.startsWith("{") && text.contains("\t")) {
                    return documents(JSON, text); // which alone may be indented with tabs
                }
                throw noYaml;
            }
        } catch (JsonProcessingException malformed) {
            throw wrong(file + " is neither YAML nor JSON: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw wrong(file + " cannot be read.");
        }
    }

    private static List<JsonNode> documents(ObjectMapper reader, String text) throws IOException {
        try (var all = reader.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return all.readAll();
        }
    }

    private static Map<String, Object> definition(ObjectNode document) {
        document.remove(KIND);
        Map<String, Object> definition = new LinkedHashMap<>();
        document.properties().forEach(it -> definition.put(it.getKey(), it.getValue()));
        return definition;
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    private static LaunchException wrong(String message) {
        return new LaunchException(message, ExitCode.WRONG_INPUT);
    }
}
