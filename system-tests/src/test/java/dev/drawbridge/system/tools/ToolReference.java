package dev.drawbridge.system.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// `docs/tools.md`, made of what tools say of themselves, of calls and their answers, and of notes
/// by people.
final class ToolReference {
    private static final Path FILE = Checkout.root().resolve("docs/tools.md");
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> GROUPS = List.of("database", "operate", "utility");

    private ToolReference() {}

    static String written() {
        try {
            return Files.readString(FILE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void write(String page) {
        try {
            Files.writeString(FILE, page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The answer that the page shows to a call; empty if it shows none.
    static Optional<String> answerTo(String call) {
        var shown =
                Pattern.compile(
                                "```json\\n"
                                        + Pattern.quote(call)
                                        + "\\n```\\n```(?:json)?\\n(.*?)\\n```",
                                Pattern.DOTALL)
                        .matcher(written());
        return shown.find() ? Optional.of(shown.group(1)) : Optional.empty();
    }

    /// The whole page.
    ///
    /// @param tools as `tools/list` has them, by name
    /// @param features of each tool, by name
    /// @param sections of each tool, by name
    static String page(
            List<JsonNode> tools,
            TreeMap<String, String> features,
            TreeMap<String, String> sections) {
        var page = new StringBuilder(text("intro").orElseThrow());
        for (String group : GROUPS) {
            List<String> names = new ArrayList<>();
            for (JsonNode tool : tools) {
                String name = tool.path("name").asText();
                if (features.get(name).equals(group)) {
                    names.add(name);
                }
            }
            page.append("\n## Group ").append(group).append("\n\n");
            names.forEach(name -> page.append(sections.get(name)));
        }
        return page.toString().strip() + "\n";
    }

    /// What people wrote about a tool.
    static String notes(String tool) {
        return text(tool).map(text -> text.strip() + "\n\n").orElse("");
    }

    private static Optional<String> text(String name) {
        try (var file = ToolReference.class.getResourceAsStream("/tools/" + name + ".md")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }
}
