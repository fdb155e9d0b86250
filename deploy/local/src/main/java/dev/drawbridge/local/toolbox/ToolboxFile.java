package dev.drawbridge.local.toolbox;

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
import java.util.List;
import java.util.Map;

/// A configuration of Toolbox: documents with a kind each, or one with a map for each kind.
///
/// @param documents in order, each with `kind` and `name`
record ToolboxFile(List<ObjectNode> documents) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /// The maps of the older form, and the kinds that are in them.
    private static final Map<String, String> MAPS =
            Map.of(
                    "sources", "source",
                    "tools", "tool",
                    "toolsets", "group",
                    "prompts", "prompt",
                    "authServices", "authService",
                    "authSources", "authService",
                    "embeddingModels", "embeddingModel");

    static ToolboxFile read(Path file) {
        List<ObjectNode> documents = new ArrayList<>();
        try (var all =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            while (all.hasNextValue()) {
                if (all.nextValue() instanceof ObjectNode document) {
                    add(documents, document);
                }
            }
        } catch (JsonProcessingException malformed) {
            throw new LaunchException(file + " is no YAML: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new LaunchException(file + " cannot be read.");
        }
        return new ToolboxFile(List.copyOf(documents));
    }

    /// Those of a kind.
    List<ObjectNode> of(String kind) {
        return documents.stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
    }

    private static void add(List<ObjectNode> documents, ObjectNode document) {
        if (document.has("kind")) {
            documents.add(document);
            return;
        }
        for (Map.Entry<String, JsonNode> map : document.properties()) {
            String kind = MAPS.getOrDefault(map.getKey(), map.getKey());
            for (Map.Entry<String, JsonNode> one : map.getValue().properties()) {
                documents.add(document(kind, one.getKey(), one.getValue()));
            }
        }
    }

    /// In the older form `kind` is what is `type` now.
    private static ObjectNode document(String kind, String name, JsonNode body) {
        ObjectNode document = YAML.createObjectNode();
        if (body instanceof ObjectNode fields) {
            document.setAll(fields);
            if (!document.has("type") && fields.has("kind")) {
                document.set("type", fields.get("kind"));
            }
        } else {
            document.set("tools", body);
        }
        return document.put("kind", kind).put("name", name);
    }
}
