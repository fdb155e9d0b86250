package dev.drawbridge.gateway.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;

class MirroredHeadersTest {
    private static final List<MirroredHeaders.Mirrored> MIRRORED =
            MirroredHeaders.of(
                    new JsonObject(
                            """
                            {"type": "object", "properties": {
                               "connection_id": {"type": "string", "x-mcp-header": "Connection"},
                               "sql": {"type": "string"},
                               "page": {"type": "object", "properties": {
                                  "size": {"type": "integer", "x-mcp-header": "Size"}}},
                               "all": {"type": "boolean", "x-mcp-header": "All"}}}
                            """));

    @Test
    void finds_what_a_schema_marks_however_deep() {
        assertThat(MIRRORED)
                .containsExactlyInAnyOrder(
                        new MirroredHeaders.Mirrored(
                                List.of("connection_id"), "Mcp-Param-Connection"),
                        new MirroredHeaders.Mirrored(List.of("page", "size"), "Mcp-Param-Size"),
                        new MirroredHeaders.Mirrored(List.of("all"), "Mcp-Param-All"));
    }

    @ParameterizedTest
    @CsvSource({
        "us-west1,us-west1",
        "=?base64?SGVsbG8sIOS4lueVjA==?=,'Hello, 世界'",
        "=?base64?IHBhZGRlZCA=?=,' padded '",
        "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=,=?base64?literal?=",
        "=?base64?SGVsbG8,=?base64?SGVsbG8",
        "SGVsbG8=,SGVsbG8="
    })
    void a_header_may_be_encoded(String header, String argument) {
        assertThatCode(() -> check("Mcp-Param-Connection", header, "connection_id", argument))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "=?base64?SGVsbG8?=",
                "=?base64?SGVs!!!bG8=?=",
                "=?base64?",
                "=?base64?=",
                "=?base64?wyg=?=",
                "=?BASE64?SGVsbG8=?=",
                "Hello\u0001",
                "Héllo",
                " Hello"
            })
    void a_header_that_says_something_else_is_refused(String header) {
        assertThatThrownBy(() -> check("Mcp-Param-Connection", header, "connection_id", "Hello"))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused ->
                                assertThat(refused.error().getInteger("code")).isEqualTo(-32020));
    }

    @Test
    void an_argument_without_its_header_is_refused_and_one_without_value_wants_none() {
        var none = MultiMap.caseInsensitiveMultiMap();
        assertThatThrownBy(() ->
                        MirroredHeaders.check(
                                none, MIRRORED, new JsonObject().put("connection_id", "x")))
                .hasMessageContaining("Mcp-Param-Connection");
        assertThatCode(() ->
                        MirroredHeaders.check(
                                none,
                                MIRRORED,
                                new JsonObject().putNull("connection_id").put("sql", "s")))
                .doesNotThrowAnyException();
    }

    @Test
    void a_header_without_its_argument_is_refused() {
        assertThatThrownBy(() -> check("Mcp-Param-Connection", "x", "sql", "select 1"))
                .isInstanceOf(RpcException.class);
    }

    @Test
    void numbers_are_compared_as_numbers_and_truths_as_words() {
        var arguments =
                new JsonObject().put("page", new JsonObject().put("size", 42)).put("all", true);
        assertThatCode(() -> MirroredHeaders.check(headers("42.0", "true"), MIRRORED, arguments))
                .doesNotThrowAnyException();
        for (String other : List.of("43", "0x2a", "42a", "", "1e999999999")) {
            assertThatThrownBy(() ->
                            MirroredHeaders.check(headers(other, "true"), MIRRORED, arguments))
                    .isInstanceOf(RpcException.class);
        }
        assertThatThrownBy(() -> MirroredHeaders.check(headers("42", "TRUE"), MIRRORED, arguments))
                .isInstanceOf(RpcException.class);
    }

    /// Whatever a client has to say, encoded it is the same, and nothing else is.
    @Test
    void any_text_passes_encoded_and_no_other_does() {
        var random = new Random(20260728);
        for (int round = 0; round < 5_000; round++) {
            String said = text(random);
            String other = text(random);
            assertThatCode(() ->
                            check("Mcp-Param-Connection", encoded(said), "connection_id", said))
                    .doesNotThrowAnyException();
            if (!said.equals(other)) {
                assertThatThrownBy(() ->
                                check(
                                        "Mcp-Param-Connection",
                                        encoded(other),
                                        "connection_id",
                                        said))
                        .isInstanceOf(RpcException.class);
            }
        }
    }

    @Test
    void a_request_says_its_method_and_what_it_names_in_headers() {
        var request =
                new Request(
                        1,
                        "tools/call",
                        new JsonObject().put("name", "count_rows"),
                        new RequestMeta(Set.of(), false, null, null, null));
        var headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add("mcp-method", "tools/call")
                        .add("MCP-NAME", "count_rows");
        assertThatCode(() -> MirroredHeaders.check(headers, request)).doesNotThrowAnyException();
        for (String wrong : List.of("Tools/Call", "tools/list")) {
            headers.set("Mcp-Method", wrong);
            assertThatThrownBy(() -> MirroredHeaders.check(headers, request))
                    .isInstanceOf(RpcException.class);
        }
    }

    private static void check(String header, String value, String argument, String said) {
        MirroredHeaders.check(
                MultiMap.caseInsensitiveMultiMap().add(header, value),
                MIRRORED,
                new JsonObject().put(argument, said));
    }

    private static MultiMap headers(String size, String all) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("Mcp-Param-Size", size)
                .add("Mcp-Param-All", all);
    }

    private static String encoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return "=?base64?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(12), 0, 0xD7FF).forEach(text::appendCodePoint);
        return text.toString();
    }
}
