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
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private OwnFile() {}

    /// Those of a kind, and those that say none, in their order.
    ///
    /// @throws LaunchException when there is none, and for what is no definition
    static List<Map<String, Object>> read(Path file, String kind) {
        List<Map<String, Object>> definitions = new ArrayList<>();
        try (var all =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            while (all.hasNextValue()) {
                JsonNode next = all.nextValue();
                if (next instanceof ObjectNode document
                        && document.path("kind").asText(kind).equals(kind)) {
                    definitions.add(definition(document));
                } else if (!next.isObject() && !next.isNull()) {
                    throw wrong(file + " has something that is no map of names and values.");
                }
            }
        } catch (JsonProcessingException malformed) {
            throw wrong(file + " is no YAML: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw wrong(file + " cannot be read.");
        }
        if (definitions.isEmpty()) {
            throw wrong("%s defines no %s.".formatted(file, kind));
        }
        return definitions;
    }

    private static Map<String, Object> definition(ObjectNode document) {
        document.remove("kind");
        Map<String, Object> definition = new LinkedHashMap<>();
        document.properties().forEach(it -> definition.put(it.getKey(), it.getValue()));
        return definition;
    }

    private static LaunchException wrong(String message) {
        return new LaunchException(message, ExitCode.WRONG_INPUT);
    }
}
