package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.DataKeyRepository.Replica;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

class DataKeyNeedsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void a_key_stays_while_any_replica_seals_with_it() {
        var needs = needs(List.of(replica("k2"), replica("k1")), Map.of(), Map.of());

        assertThat(needs.why("k2")).contains("It seals.");
        assertThat(needs.why("k1")).contains("It seals.");
        assertThat(needs.why("k0")).isEmpty();
    }

    @Test
    void a_key_stays_while_something_is_stored_under_it() {
        var stored = Map.of("k1", Map.of("signing_key", 2L, "connection", 1L));

        assertThat(needs(List.of(replica("k2")), Map.of(), stored).why("k1"))
                .contains("It opens what is stored: 1 connection, 2 signing_key.");
    }

    @Test
    void a_key_stays_for_an_hour_after_it_sealed() {
        assertThat(needs(List.of(replica("k2")), Map.of("k1", NOON), Map.of()).why("k1"))
                .get()
                .asString()
                .contains("2026-01-31T12:00:00Z", "hour");
    }

    @Test
    void a_key_that_is_needed_and_not_listed_is_told_of() {
        var needs = needs(List.of(), Map.of(), Map.of("k9", Map.of("connection", 1L)));

        assertThat(needs.ids()).containsExactly("k2", "k1", "k0", "k9");
        assertThat(needs.why("k9")).isPresent();
    }

    private static DataKeyNeeds needs(
            List<Replica> running,
            Map<String, Instant> sealedLately,
            Map<String, Map<String, Long>> stored) {
        SortedMap<String, SortedMap<String, Long>> sorted = new TreeMap<>();
        stored.forEach((key, kinds) -> sorted.put(key, new TreeMap<>(kinds)));
        return new DataKeyNeeds(List.of("k2", "k1", "k0"), running, sealedLately, sorted);
    }

    private static Replica replica(String seals) {
        return new Replica(UUID.randomUUID(), seals, List.of(seals), NOON);
    }
}
