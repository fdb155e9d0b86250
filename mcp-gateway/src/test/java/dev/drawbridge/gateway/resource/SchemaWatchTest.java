package dev.drawbridge.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SchemaWatchTest extends GatewayCase {
    @Inject Resources resources;
    @Inject SchemaWatch watch;
    @Inject WatchRoom room;
    @Inject Databases databases;

    @Test
    void a_database_is_asked_once_for_all_who_see_the_same_and_not_at_all_for_nobody() {
        await().atMost(Duration.ofSeconds(10)).until(() -> watch.size() == 0);
        List<Hearing> watches = new ArrayList<>();
        for (String name : List.of("cleo", "dora", "emil")) {
            Caller caller = reader(name);
            watches.add(watch(caller, "/schema/shop"));
            watches.add(watch(caller, "/schema/shop/item"));
        }
        assertThat(watch.size()).isOne();

        watches.subList(1, 6).forEach(Hearing::close);
        assertThat(watch.size()).isOne();
        watches.forEach(Hearing::close);
        watches.forEach(Hearing::close);

        assertThat(watch.size()).isZero();
    }

    @Test
    void a_change_concerns_those_who_see_the_database_as_it_was_seen() {
        Caller cleo = reader("cleo");
        String uri = "pg://" + shop + "/schema/shop/item";
        String view = databases.view(cleo, shop, null);

        assertThat(resources.concerns(cleo, new Change.Resource(uri, view, ""))).isTrue();
        assertThat(resources.concerns(cleo, new Change.Resource(uri))).isTrue();
        assertThat(resources.concerns(cleo, new Change.Resource(uri, "another", ""))).isFalse();
        assertThat(
                        resources.concerns(
                                TestCallers.know("cleo", Map.of(), "resource:*", "read"),
                                new Change.Resource(uri, view, "")))
                .isFalse();
    }

    @Test
    void of_ten_thousand_watches_of_a_caller_as_many_begin_as_may_be() {
        Caller greedy = reader("greedy");
        List<Integer> refused =
                IntStream.range(0, 10_000).boxed().filter(_ -> !takes(greedy)).toList();

        assertThat(refused).hasSize(9_900);
        assertThatThrownBy(() -> watch(greedy, "/schema/shop"))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("100 resources that one caller may watch");
        IntStream.range(0, 100).forEach(_ -> room.leave(greedy.id()));
        watch(greedy, "/schema/shop").close();
    }

    private boolean takes(Caller caller) {
        try {
            room.take(caller.id());
            return true;
        } catch (ProblemException full) {
            return false;
        }
    }

    private static Caller reader(String name) {
        return TestCallers.know(name, Map.of(), "connection:" + shop, "read", "resource:*", "read");
    }

    private Hearing watch(Caller caller, String path) {
        return resources
                .watch(caller, "pg://" + shop + path)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
