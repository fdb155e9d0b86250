package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.Revocations;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ResourceChangesTest extends ResourceCase {
    private static final AtomicInteger COLUMNS = new AtomicInteger();

    @Inject Subscriptions subscriptions;
    @Inject Revocations revocations;

    private final List<McpStream> streams = new ArrayList<>();
    private McpClient reader;
    private McpStream heard;

    @BeforeEach
    void listen() {
        reader = McpClient.connect(endpoint, "reader");
        heard = listen(reader);
    }

    @AfterEach
    void hangUp() {
        streams.forEach(McpStream::close);
        await().until(() -> subscriptions.all().stream().allMatch(it -> it.stream().isEmpty()));
    }

    @Test
    void a_changed_table_is_told_to_who_subscribed_to_it() {
        assertThat(subscribe(reader, uri("/schema/lib/book"))).isEmpty();

        alter("lib.book");

        await().until(() -> heard.updated().contains(uri("/schema/lib/book")));
    }

    @Test
    void what_a_resource_does_not_show_is_no_change_of_it() {
        subscribe(reader, uri("/schema/lib/book"));
        subscribe(reader, uri("/schema/lib/loan"));

        sql("library", "insert into lib.book select count(*) from lib.book; analyze lib.book");
        alter("lib.loan");

        await().until(() -> heard.updated().contains(uri("/schema/lib/loan")));
        assertThat(heard.updated()).doesNotContain(uri("/schema/lib/book"));
    }

    @Test
    void a_table_that_comes_or_goes_changes_the_lists_that_show_it() {
        for (String list : List.of("/schema", "/schema/lib", "/database/attic/schema/old")) {
            assertThat(subscribe(reader, uri(list))).isEmpty();
        }

        sql("library", "create table lib.shelf (id int)");
        await().until(() ->
                heard.updated().containsAll(List.of(uri("/schema"), uri("/schema/lib"))));
        assertThat(heard.updated()).doesNotContain(uri("/database/attic/schema/old"));

        int before = heard.updated().size();
        sql("library", "drop table lib.shelf");
        await().until(() -> heard.updated().size() >= before + 2);
    }

    @Test
    void a_subscription_is_told_by_the_uri_that_it_has() {
        String written = uri("/database/library/schema/lib/%62ook");
        subscribe(reader, written);

        alter("lib.book");

        await().until(() -> heard.updated().equals(List.of(written)));
    }

    @Test
    void nothing_is_told_when_nobody_subscribes_any_more() {
        subscribe(reader, uri("/schema/lib/book"));
        reader.request(
                "resources/unsubscribe", new JsonObject().put("uri", uri("/schema/lib/book")));
        var other = McpClient.connect(endpoint, "reader");
        McpStream control = listen(other);
        subscribe(other, uri("/schema/lib/book"));

        alter("lib.book");

        await().until(() -> !control.updated().isEmpty());
        assertThat(heard.updated()).isEmpty();
    }

    @Test
    void who_may_not_see_it_any_more_is_not_told() {
        TestCallers.know("guest", Map.of(), "connection:" + library, "read", "resource:*", "read");
        var guest = McpClient.connect(endpoint, "guest");
        McpStream untold = listen(guest);
        subscribe(guest, uri("/schema/lib/book"));
        subscribe(reader, uri("/schema/lib/book"));

        TestCallers.know("guest", Map.of(), "resource:*", "read");
        alter("lib.book");

        await().until(() -> !heard.updated().isEmpty());
        assertThat(untold.updated()).isEmpty();
    }

    @Test
    void a_stream_ends_whose_credential_is_no_longer_good() {
        TestCallers.know("gone", Map.of(), "connection:" + library, "read", "resource:*", "read");
        var gone = McpClient.connect(endpoint, "gone");
        McpStream stream = listen(gone);
        subscribe(gone, uri("/schema/lib/book"));

        TestCallers.forget("gone");
        alter("lib.book");

        await().until(stream::isEnded);
        assertThat(stream.updated()).isEmpty();
    }

    @Test
    void what_another_replica_noticed_is_told_here_to_who_sees_the_same() {
        subscribe(reader, uri("/schema/lib/book"));
        subscribe(reader, uri("/schema/lib/loan"));

        announce(uri("/schema/lib/loan"), "another login's");
        announce(uri("/schema/lib/book"), "");

        await().until(() -> heard.updated().equals(List.of(uri("/schema/lib/book"))));
        assertThat(heard.updated()).doesNotContain(uri("/schema/lib/loan"));
    }

    @Test
    void a_connection_that_comes_or_goes_is_told_to_those_who_may_read_it() {
        TestCallers.know("elsewhere", Map.of(), "resource:*", "read");
        McpStream untold = listen(McpClient.connect(endpoint, "elsewhere"));
        McpStream told = listen(McpClient.connect(endpoint, "admin"));

        String id = register(connection("annex")).statusCode(201).extract().path("id");
        await().until(() -> told.changedLists().equals(List.of("resources")));
        admin().delete("/api/v1/connections/" + id).then().statusCode(204);

        await().until(() -> told.changedLists().equals(List.of("resources", "resources")));
        assertThat(untold.changedLists()).isEmpty();
        assertThat(heard.changedLists()).isEmpty();
    }

    @Test
    void whose_rights_change_is_told_that_lists_may_be_others() {
        McpStream other = listen(McpClient.connect(endpoint, "admin"));

        revocations.tell(Revocation.ofUser(UUID.nameUUIDFromBytes("reader".getBytes())));

        await().until(() -> heard.changedLists().equals(List.of("tools", "prompts", "resources")));
        assertThat(other.changedLists()).isEmpty();
    }

    @Test
    void one_caller_watches_so_many_resources_at_a_time_and_no_more() {
        for (int i = 1; i <= 100; i++) {
            assertThat(subscribe(reader, uri("/schema/wide/t%03d".formatted(i)))).isEmpty();
        }

        for (int i = 0; i < 1_000; i++) {
            assertThat(subscribe(reader, uri("/schema/wide/t1%02d".formatted(i % 49 + 1))).encode())
                    .contains("QUOTA_EXCEEDED");
        }
        assertThat(subscribe(reader, uri("/schema/wide/t100"))).as("it has that one").isEmpty();
        reader.request(
                "resources/unsubscribe", new JsonObject().put("uri", uri("/schema/wide/t001")));
        assertThat(subscribe(reader, uri("/schema/lib/book"))).isEmpty();
        alter("lib.book");
        await().untilAsserted(
                        () -> assertThat(heard.updated()).containsExactly(uri("/schema/lib/book")));
    }

    private McpStream listen(McpClient client) {
        McpStream stream = client.listen();
        streams.add(stream);
        await().until(() ->
                subscriptions.all().stream()
                        .anyMatch(
                                it -> it.id().equals(client.session()) && it.stream().isPresent()));
        return stream;
    }

    /// Adds a column.
    private static void alter(String table) {
        sql(
                "library",
                "alter table %s add column c%d int".formatted(table, COLUMNS.incrementAndGet()));
    }

    private static void announce(String uri, String view) {
        GatewayDatabases.postgres()
                .run(
                        """
                        select pg_notify('drawbridge_gateway', json_build_object(
                                 'topic', 'resource',
                                 'message', json_build_object(
                                   'uri', '%s', 'view', '%s', 'digest', ''))::text)
                        """
                                .formatted(uri, view.replace("'", "''")));
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50));
    }
}
