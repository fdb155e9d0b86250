package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.mcp.ToolResult;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The clients that others build on validate every answer against the protocol's schemas, and a
/// tool's structured answer against the schema that the tool announced.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientsTest {
    private static final String QUESTION = new Readme().question();

    private static final List<String> TEMPLATES =
            Stream.of("pg://{connection}", "pg://{connection}/database/{database}")
                    .flatMap(place ->
                            Stream.of(
                                    place + "/info",
                                    place + "/schema",
                                    place + "/schema/{schema}",
                                    place + "/schema/{schema}/{table}"))
                    .toList();

    private final Suite suite;
    private final Map<OfficialClient, JsonNode> asHeadOffice = new EnumMap<>(OfficialClient.class);

    OfficialClientsTest(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void answers_the_first_question_for_each_caller_with_its_own_rows(OfficialClient client) {
        for (RetailIdentity identity : RetailIdentity.values()) {
            var orders = new ToolResult(ask(client, identity).path("orders"));

            assertThat(orders.rows())
                    .as("the README's question, asked by %s", identity)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(identity.truth(suite, QUESTION));
        }
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void lists_five_tools_each_with_title_schemas_and_all_four_hints(OfficialClient client) {
        var tools = seenBy(client).path("tools");

        assertThat(names(tools))
                .containsExactly(
                        "count_rows",
                        "explain_query",
                        "get_schema",
                        "list_connections",
                        "query_database");
        for (JsonNode tool : tools) {
            assertThat(tool.path("title").asText()).as(tool.path("name").asText()).isNotBlank();
            assertThat(tool.at("/inputSchema/additionalProperties").asBoolean(true)).isFalse();
            assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.path("annotations").fieldNames())
                    .toIterable()
                    .contains("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
        }
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void reads_the_resources_of_the_demo_connection(OfficialClient client) {
        var seen = seenBy(client);

        assertThat(texts(seen.path("resources"), "uri"))
                .containsExactly(
                        "pg://" + suite.connection() + "/info",
                        "pg://" + suite.connection() + "/schema");
        assertThat(texts(seen.path("resourceTemplates"), "uriTemplate"))
                .containsExactlyInAnyOrderElementsOf(TEMPLATES);
        assertThat(seen.at("/info/connection").asText()).isEqualTo(suite.connection());
        assertThat(texts(seen.at("/table/columns"), "name"))
                .contains("id", "store_id", "customer_id", "total_amount");
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void gets_a_prompt_that_names_the_connection(OfficialClient client) {
        var seen = seenBy(client);

        assertThat(names(seen.path("prompts")))
                .containsExactly(
                        "bloat",
                        "blocked-sessions",
                        "capacity",
                        "diagnose-connection",
                        "explore-database",
                        "schema-design",
                        "semantic-search-setup",
                        "slow-query",
                        "write-query");
        assertThat(seen.at("/prompt/messages/0/content/text").asText())
                .contains(suite.connection());
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void asks_its_person_for_what_a_prompt_misses_or_is_told_of_it(OfficialClient client) {
        var asked = seenBy(client).path("asked");

        if (client == OfficialClient.STDIO) { // which has nobody to ask
            assertThat(asked.path("refused").asText())
                    .contains("VALIDATION_ERROR: connection_id: is missing");
        } else {
            assertThat(asked.at("/messages/0/content/text").asText())
                    .contains("Which store sells most?", suite.connection());
        }
    }

    @ParameterizedTest
    @EnumSource(OfficialClient.class)
    void completes_a_connection_and_a_table_from_their_beginnings(OfficialClient client) {
        assertThat(values(seenBy(client).path("connections"))).containsExactly(suite.connection());
        assertThat(values(seenBy(client).path("completion")))
                .containsExactlyInAnyOrder("orders", "order_items");
    }

    /// The bridge says nothing of it.
    @ParameterizedTest
    @EnumSource(value = OfficialClient.class, mode = EnumSource.Mode.EXCLUDE, names = "STDIO")
    void speaks_the_revision_that_is_the_newest_for_it(OfficialClient client) {
        assertThat(seenBy(client).path("protocol").asText()).isEqualTo(client.protocol());
    }

    /// Not over stdio: there the bridge starts a sign-on when its token is refused.
    @ParameterizedTest
    @EnumSource(
            value = OfficialClient.class,
            names = {"SDK", "CLIENT_LEGACY", "CLIENT_AUTO", "CLIENT_PINNED"})
    void refuses_a_token_within_a_second_of_its_revocation(OfficialClient client) {
        var seen =
                client.run(
                        "revoke",
                        Map.of(
                                "DRAWBRIDGE_MCP", suite.summary().mcp(),
                                "DRAWBRIDGE_AUTH", suite.auth(),
                                "DRAWBRIDGE_USERNAME", RetailIdentity.HEAD_OFFICE.username(suite),
                                "DRAWBRIDGE_PASSWORD", RetailIdentity.HEAD_OFFICE.password(suite)));
        seen.path("secrets").forEach(secret -> suite.secrets().add(secret.asText()));

        assertThat(seen.at("/before/connections").size()).isOne();
        assertThat(seen.path("refusal").isObject()).as("a refusal").isTrue();
        assertThat(seen.at("/refusal/afterMs").asDouble()).isLessThan(1_000);
    }

    private JsonNode seenBy(OfficialClient client) {
        return asHeadOffice.computeIfAbsent(client, it -> ask(it, RetailIdentity.HEAD_OFFICE));
    }

    private JsonNode ask(OfficialClient client, RetailIdentity identity) {
        return client.run(
                "ask",
                Map.of(
                        "DRAWBRIDGE_MCP", suite.summary().mcp(),
                        "DRAWBRIDGE_QUESTION", QUESTION,
                        "DRAWBRIDGE_TOKEN", identity.token(suite)));
    }

    private static List<String> values(JsonNode completion) {
        return StreamSupport.stream(completion.path("values").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(JsonNode list) {
        return texts(list, "name");
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }
}
