package dev.drawbridge.gateway.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.mcp.ResourceCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ListenTest extends ResourceCase {
    private static final String ID = "io.modelcontextprotocol/subscriptionId";

    @Inject Changes changes;

    private final List<McpStream> streams = new ArrayList<>();

    @AfterEach
    void hangUp() {
        streams.forEach(McpStream::close);
    }

    @Test
    void the_first_message_says_what_is_told_and_every_message_whose_it_is() {
        McpStream stream =
                listen("reader", new JsonObject().put("toolsListChanged", true).put("other", 1));
        changes.tell(new Change.Tools());
        changes.tell(new Change.Prompts());
        changes.tell(new Change.Resources(Audience.EVERYONE));

        await().until(() -> stream.changedLists().contains("tools"));
        JsonObject first = stream.messages().getFirst();
        assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(first.getJsonObject("params").getJsonObject("notifications"))
                .isEqualTo(new JsonObject().put("toolsListChanged", true));
        assertThat(stream.changedLists()).containsExactly("tools");
        assertThat(stream.messages())
                .allSatisfy(one ->
                        assertThat(
                                        one.getJsonObject("params")
                                                .getJsonObject("_meta")
                                                .getInteger(ID))
                                .isEqualTo(1));
    }

    @Test
    void a_changed_table_is_told_by_the_uri_that_was_asked_for() {
        String written = uri("/database/library/schema/lib/%62ook");
        McpStream stream = listen("reader", uris(written));

        alter("lib.book");

        await().until(() -> stream.updated().equals(List.of(written)));
    }

    @Test
    void what_a_caller_may_not_see_is_acknowledged_as_little_as_what_is_not_there() {
        TestCallers.know("blind", Map.of(), "tool:*", "read");
        McpStream stream =
                listen(
                        "blind",
                        uris(
                                uri("/schema/lib/book"),
                                "pg://nowhere/info",
                                "pg://%ff/info",
                                "\u0000"));

        assertThat(
                        stream.messages()
                                .getFirst()
                                .getJsonObject("params")
                                .getJsonObject("notifications")
                                .getJsonArray("resourceSubscriptions"))
                .isEmpty();
    }

    @Test
    void rights_that_were_taken_end_what_is_told() {
        TestCallers.know("guest", Map.of(), "connection:" + library, "read", "resource:*", "read");
        McpStream guest = listen("guest", uris(uri("/schema/lib/book")));
        McpStream reader = listen("reader", uris(uri("/schema/lib/book")));

        TestCallers.know("guest", Map.of(), "resource:*", "read");
        alter("lib.book");

        await().until(() -> !reader.updated().isEmpty());
        assertThat(guest.updated()).isEmpty();
    }

    @Test
    void a_credential_that_is_no_longer_good_ends_the_stream() {
        TestCallers.know("gone", Map.of(), "tool:*", "read");
        McpStream stream = listen("gone", new JsonObject().put("toolsListChanged", true));

        TestCallers.forget("gone");
        changes.tell(new Change.Tools());

        await().until(stream::isEnded);
        assertThat(stream.changedLists()).isEmpty();
        assertThat(stream.messages().getLast().getJsonObject("error").getString("message"))
                .startsWith("AUTHENTICATION_ERROR");
    }

    @Test
    void one_caller_holds_no_more_streams_than_it_may() {
        TestCallers.know("greedy", Map.of(), "tool:*", "read");
        for (int one = 0; one < 50; one++) {
            listen("greedy", new JsonObject());
        }
        StatelessClient greedy = StatelessClient.of(endpoint, "greedy");

        JsonObject refused =
                greedy.request(
                        "subscriptions/listen",
                        new JsonObject().put("notifications", new JsonObject()));
        assertThat(refused.getJsonObject("error").getString("message"))
                .startsWith("QUOTA_EXCEEDED");

        streams.removeFirst().close();
        await().until(() -> {
            McpStream next = open("greedy", new JsonObject());
            Awaitility.await().until(() -> !next.messages().isEmpty() || next.isEnded());
            return !next.messages().getFirst().containsKey("error");
        });
    }

    @Test
    void a_filter_of_another_form_is_refused() {
        for (JsonObject wrong :
                List.of(
                        new JsonObject(),
                        new JsonObject().put("notifications", new JsonArray()),
                        new JsonObject()
                                .put(
                                        "notifications",
                                        new JsonObject().put("toolsListChanged", "yes")),
                        new JsonObject()
                                .put(
                                        "notifications",
                                        new JsonObject().put("resourceSubscriptions", "pg://x")),
                        new JsonObject()
                                .put(
                                        "notifications",
                                        new JsonObject()
                                                .put(
                                                        "resourceSubscriptions",
                                                        new JsonArray().add(1))))) {
            assertThat(
                            StatelessClient.of(endpoint, "reader")
                                    .request("subscriptions/listen", wrong)
                                    .getJsonObject("error")
                                    .getInteger("code"))
                    .isEqualTo(-32602);
        }
    }

    private McpStream listen(String bearer, JsonObject filter) {
        McpStream stream = open(bearer, filter);
        await().until(() -> !stream.messages().isEmpty());
        return stream;
    }

    private McpStream open(String bearer, JsonObject filter) {
        McpStream stream =
                StatelessClient.of(endpoint, bearer)
                        .open(
                                "subscriptions/listen",
                                new JsonObject().put("notifications", filter));
        streams.add(stream);
        return stream;
    }

    private static void alter(String table) {
        sql("library", "alter table %s add column l%d int".formatted(table, System.nanoTime()));
    }

    private static JsonObject uris(String... uris) {
        return new JsonObject().put("resourceSubscriptions", new JsonArray(List.of(uris)));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(15));
    }
}
