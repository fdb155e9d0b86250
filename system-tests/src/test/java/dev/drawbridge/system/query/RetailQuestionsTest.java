package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What people of the demo's company want to know is found with few calls, and is what SQL written
/// by hand says.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetailQuestionsTest {
    private static final int MOST_CALLS = 4;
    private static final Set<String> WITHOUT_DATABASE =
            Set.of("list_connections", "current_identity", "generate_embedding");
    private static final JsonMapper JSON = new JsonMapper();

    private final Suite suite;
    private final Map<String, McpSession> sessions = new HashMap<>();

    RetailQuestionsTest(Suite suite) {
        this.suite = suite;
    }

    static Stream<RetailQuestion> questions() {
        return RetailQuestion.all();
    }

    @Test
    void fifty_questions_are_asked() {
        assertThat(RetailQuestion.all()).hasSizeGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void is_answered_in_few_calls(RetailQuestion question) {
        assertThat(question.calls()).hasSizeBetween(1, MOST_CALLS);
        ToolResult last = null;
        for (JsonNode call : question.calls()) {
            last = play(question.as(), call);
            assertThat(last.isError()).as(last.text()).isFalse();
        }
        assertThat(question.found(last.structured())).isEqualTo(question.answer());
    }

    /// As the owner of the tables, past every policy.
    @ParameterizedTest
    @MethodSource("questions")
    void has_the_answer_that_is_written_down(RetailQuestion question) {
        List<List<Object>> rows = suite.server().query(question.sql());

        assertThat(RetailQuestion.texts(rows)).isEqualTo(question.answer());
    }

    private ToolResult play(String caller, JsonNode call) {
        Map<String, Object> arguments =
                JSON.convertValue(call.path("arguments"), new TypeReference<>() {});
        String tool = call.path("tool").asText();
        if (!WITHOUT_DATABASE.contains(tool)) {
            arguments.put("connection_id", suite.connection());
        }
        return sessions.computeIfAbsent(
                        caller, name -> McpSession.open(suite, suite.caller(name).token()))
                .call(tool, arguments);
    }
}
