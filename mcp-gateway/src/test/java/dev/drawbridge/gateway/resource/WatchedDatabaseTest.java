package dev.drawbridge.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.Caller;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class WatchedDatabaseTest {
    private static final ResourceUri.Place PLACE = new ResourceUri.Place(new UUID(1, 1), null);
    private static final ResourceUri SCHEMAS = new ResourceUri.Schemas(PLACE);
    private static final ResourceUri LIB = new ResourceUri.Schema(PLACE, "lib");
    private static final Caller ANNA = TestCallers.know("anna", Map.of());
    private static final Caller BEN = TestCallers.know("ben", Map.of());

    private final WatchedDatabase database = new WatchedDatabase(1_000);

    @Test
    void tells_what_is_another_one_than_before() {
        database.add(new WatchedDatabase.Watcher(ANNA, SCHEMAS), "a");
        database.add(new WatchedDatabase.Watcher(BEN, LIB), "b");

        assertThat(update(Map.of(SCHEMAS, "a", LIB, "c"))).isEqualTo(Map.of(LIB, "c"));
        assertThat(update(Map.of(SCHEMAS, "a", LIB, "c"))).isEmpty();
        assertThat(update(Map.of(SCHEMAS, "a"))).isEqualTo(Map.of(LIB, ""));
    }

    @Test
    void tells_a_change_that_was_seen_first_by_who_came_later() {
        database.add(new WatchedDatabase.Watcher(ANNA, LIB), "before");
        database.add(new WatchedDatabase.Watcher(BEN, LIB), "after");

        assertThat(update(Map.of(LIB, "after"))).isEqualTo(Map.of(LIB, "after"));
    }

    @Test
    void leaves_alone_what_came_to_be_watched_while_it_was_asked() {
        database.add(new WatchedDatabase.Watcher(ANNA, SCHEMAS), "a");
        List<ResourceUri> asked = database.uris();
        database.add(new WatchedDatabase.Watcher(ANNA, LIB), "b");

        assertThat(database.update(asked, Map.of(SCHEMAS, "a"))).isEmpty();
        assertThat(update(Map.of(SCHEMAS, "a", LIB, "b"))).isEmpty();
    }

    @Test
    void tells_nothing_that_another_replica_has_told() {
        database.add(new WatchedDatabase.Watcher(ANNA, LIB), "before");
        database.know(LIB, "after");

        assertThat(update(Map.of(LIB, "after"))).isEmpty();
    }

    @Test
    void asks_as_another_of_the_watchers_each_time() {
        database.add(new WatchedDatabase.Watcher(ANNA, SCHEMAS), "a");
        database.add(new WatchedDatabase.Watcher(BEN, LIB), "b");

        assertThat(database.nextCaller()).contains(ANNA);
        assertThat(database.nextCaller()).contains(BEN);
        assertThat(database.nextCaller()).contains(ANNA);
    }

    @Test
    void is_left_alone_a_little_longer_each_time_it_does_not_answer() {
        database.add(new WatchedDatabase.Watcher(ANNA, LIB), "a");
        database.failed();
        database.failed();
        assertThat(database.delayMs()).isEqualTo(4_000);

        for (int i = 0; i < 100; i++) {
            database.failed();
        }
        assertThat(database.delayMs()).isEqualTo(60_000);

        update(Map.of(LIB, "a"));
        assertThat(database.delayMs()).isEqualTo(1_000);
    }

    @Test
    void forgets_a_resource_with_its_last_watcher() {
        var first = new WatchedDatabase.Watcher(ANNA, LIB);
        var second = new WatchedDatabase.Watcher(BEN, LIB);
        database.add(first, "a");
        database.add(second, "a");

        assertThat(database.remove(first)).isFalse();
        assertThat(database.uris()).containsExactly(LIB);
        assertThat(database.remove(second)).isTrue();
        assertThat(database.uris()).isEmpty();
    }

    private Map<ResourceUri, String> update(Map<ResourceUri, String> found) {
        return database.update(database.uris(), found);
    }
}
