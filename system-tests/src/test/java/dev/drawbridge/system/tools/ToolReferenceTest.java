package dev.drawbridge.system.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.mcp.ModernClient;
import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// `docs/tools.md` says what tools say of themselves, and what they answer. With
/// `-Ddrawbridge.docs=write` it is rewritten, for a reviewer to read.
@WithSuite
class ToolReferenceTest {
    private static final boolean WRITE = "write".equals(System.getProperty("drawbridge.docs"));
    private static final Pattern MEMBER = Pattern.compile("\"([A-Za-z]+)\":");
    private static final List<String> GROUPS = List.of("database", "operate", "utility");

    private final Suite suite;
    private final String admin;
    private final Map<String, ModernClient> clients = new HashMap<>();

    ToolReferenceTest(Suite suite) {
        this.suite = suite;
        this.admin = new AuthApi(suite).admin();
    }

    @Test
    void the_reference_is_what_tools_say_and_answer() {
        try (var till = new TillConnection(suite)) {
            compare(till.id());
        }
    }

    private void compare(String till) {
        var features = new TreeMap<String, String>();
        var sections = new TreeMap<String, String>();
        List<JsonNode> tools = new ArrayList<>();
        for (String group : GROUPS) {
            for (JsonNode tool : listed(group)) {
                String name = tool.path("name").asText();
                if (features.putIfAbsent(name, group) == null) {
                    tools.add(tool);
                    sections.put(name, section(tool, till));
                }
            }
        }

        String page = ToolReference.page(tools, features, sections);
        if (WRITE) {
            ToolReference.write(page);
        }

        assertThat(ToolReference.written()).isEqualTo(page);
    }

    private List<JsonNode> listed(String group) {
        var client = ModernClient.of(suite, admin, "?features=" + group);
        return StreamSupport.stream(client.tools().spliterator(), false).toList();
    }

    private String section(JsonNode tool, String till) {
        String name = tool.path("name").asText();
        List<ToolPage.Shown> shown =
                ToolExample.all().stream()
                        .filter(example -> example.tool().equals(name))
                        .map(example -> new ToolPage.Shown(example, answer(tool, example, till)))
                        .toList();
        assertThat(shown).as("examples of " + name).isNotEmpty();
        return ToolPage.of(tool, shown, ToolReference.notes(name));
    }

    /// What is shown already stays as long as it is like what came.
    private String answer(JsonNode tool, ToolExample example, String till) {
        String connection = example.isOnTill() ? till : suite.connection();
        ToolResult result =
                client(example.caller()).call(example.tool(), example.on(tool, connection));
        assertThat(result.isError()).as(example + " answered " + result.text()).isFalse();
        String came =
                ToolPage.answer(example, result.structured(), result.text())
                        .replace(connection, ToolPage.CONNECTION)
                        .replace(suite.connection(), ToolPage.CONNECTION);
        return example.answer() == ToolExample.Answer.SAME
                ? came
                : ToolReference.answerTo(ToolPage.call(tool, example))
                        .filter(shown -> isAlike(example, shown, came))
                        .orElse(came);
    }

    private ModernClient client(String caller) {
        return clients.computeIfAbsent(
                caller,
                name ->
                        ModernClient.of(
                                suite,
                                name.equals("admin") ? admin : suite.caller(name).token(),
                                "?features=all"));
    }

    /// By the names of members, of which a list without elements has fewer; else by the first line
    /// without its numbers.
    private static boolean isAlike(ToolExample example, String shown, String came) {
        if (example.shows() == ToolExample.Form.TEXT) {
            return firstLine(shown).equals(firstLine(came));
        }
        Set<String> before = members(shown);
        Set<String> now = members(came);
        return shown.startsWith("{") && (before.containsAll(now) || now.containsAll(before));
    }

    private static String firstLine(String answer) {
        return answer.lines().findFirst().orElse("").replaceAll("[0-9.]+", "#");
    }

    private static Set<String> members(String json) {
        return MEMBER.matcher(json)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
