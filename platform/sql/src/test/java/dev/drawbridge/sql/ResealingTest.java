package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.SealedStore.Replica;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ResealingTest {
    private static final String OLD = KeyLines.line("k1", 1);
    private static final String NEW = KeyLines.line("k2", 2);
    private static final int ROWS = 40;
    private static TestPostgres postgres;

    private final SealedStore store = new SealedStore(postgres);

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void seals_everything_anew_once_the_new_key_is_first() {
        Replica replica = replica("a", OLD);
        store.add(replica.secrets(), 550);

        rewrite(replica, "a", OLD, NEW);
        replica.resealing().pass();
        assertThat(store.counts()).isEqualTo(Map.of("k1", 550L));

        rewrite(replica, "a", NEW, OLD);
        replica.resealing().pass();
        assertThat(store.counts()).isEqualTo(Map.of("k2", 550L));
        assertThat(store.open(SecretBox.of(keys("other", NEW)), 550))
                .isEqualTo("the secret of 550");
    }

    @Test
    void waits_until_all_replicas_seal_with_one_key() {
        Replica first = replica("a", OLD, NEW);
        Replica second = replica("b", OLD, NEW);
        store.add(first.secrets(), 3);

        rewrite(first, "a", NEW, OLD);
        first.resealing().pass();
        second.resealing().pass();
        assertThat(store.counts()).isEqualTo(Map.of("k1", 3L));

        rewrite(second, "b", NEW, OLD);
        first.resealing().pass();
        assertThat(store.counts()).isEqualTo(Map.of("k2", 3L));
    }

    @Test
    void does_not_wait_for_a_replica_that_is_gone() {
        Replica first = replica("a", OLD, NEW);
        Replica _ = replica("b", OLD);
        store.add(first.secrets(), 3);
        rewrite(first, "a", NEW, OLD);

        postgres.run(
                "update thing.data_key_use set seen_at = seen_at - interval '16 s'"
                        + " where sealing = 'k1'");
        first.resealing().pass();

        assertThat(store.counts()).isEqualTo(Map.of("k2", 3L));
    }

    @Test
    void passes_over_what_does_not_open_and_what_somebody_holds() throws SQLException {
        Replica replica = replica("a", OLD);
        store.add(replica.secrets(), 150);
        postgres.run(
                """
                update thing.secret set sealed = 'k1:AAAA' where id <= 120;
                update thing.secret set sealed = 'k9' || substr(sealed, 3) where id = 130;
                """);
        rewrite(replica, "a", NEW, OLD);

        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from thing.secret where id = 140 for update");
            replica.resealing().pass();
            assertThat(store.counts()).isEqualTo(Map.of("k1", 121L, "k2", 28L, "k9", 1L));
            connection.rollback();
        }
        replica.resealing().pass();

        assertThat(store.counts()).isEqualTo(Map.of("k1", 120L, "k2", 29L, "k9", 1L));
        assertThat(replica.resealing().problem().orElseThrow())
                .hasMessageStartingWith("DATA_KEY_MISSING: ")
                .hasMessageContaining("k9");
    }

    /// Two replicas seal anew, and two writers change the same secrets, with the old key and with
    /// the new one, all at once: nothing that was written is lost.
    @Test
    void loses_nothing_of_what_is_written_meanwhile() throws Exception {
        Replica first = replica("a", NEW, OLD);
        Replica second = replica("b", NEW, OLD);
        SecretBox late = SecretBox.of(keys("late", OLD));
        store.add(late, ROWS);
        var written = new String[ROWS + 1];
        var stopped = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var resealed =
                    Stream.of(first, second)
                            .map(replica -> threads.submit(() -> reseal(replica, stopped)))
                            .toList();
            var writers =
                    IntStream.of(0, 1)
                            .mapToObj(
                                    half -> threads.submit(() -> write(half, late, first, written)))
                            .toList();
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                stopped.set(true);
            }
            assertThat(resealed.get(0).get() + resealed.get(1).get()).isGreaterThan(ROWS);
        }
        first.resealing().pass();

        assertThat(store.counts()).isEqualTo(Map.of("k2", (long) ROWS));
        for (int id = 1; id <= ROWS; id++) {
            assertThat(store.open(first.secrets(), id)).isEqualTo(written[id]);
        }
    }

    private static int reseal(Replica replica, AtomicBoolean stopped) {
        int resealed = 0;
        while (!stopped.get()) {
            resealed += replica.stored().reseal(100);
        }
        return resealed;
    }

    /// Every second row, many times, with either key in turn; what was written last is there still.
    private boolean write(int half, SecretBox late, Replica now, String[] written) {
        for (int round = 0; round < 20; round++) {
            for (int id = 1 + half; id <= ROWS; id += 2) {
                if (round > 0) {
                    assertThat(store.open(now.secrets(), id)).isEqualTo(written[id]);
                }
                SecretBox secrets = (round + id / 2) % 2 == 0 ? late : now.secrets();
                written[id] = "round " + round + " of " + id;
                byte[] secret = written[id].getBytes(StandardCharsets.UTF_8);
                store.db.update(
                        "update thing.secret set sealed = $2 where id = $1",
                        id,
                        secrets.seal("secret:" + id, secret));
            }
        }
        return true;
    }

    @Test
    void goes_on_with_what_a_killed_process_had_begun() throws Exception {
        int count = 8_000;
        Path keys = keys("a", NEW, OLD);
        store.add(SecretBox.of(keys("old", OLD)), count);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ResealForever.class.getName(),
                                Integer.toString(postgres.port()),
                                keys.toString())
                        .inheritIO()
                        .start();
        try {
            while (store.counts().getOrDefault("k2", 0L) < 1) {
                assertThat(process.isAlive()).isTrue();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(store.counts().get("k1")).as("left by the killed process").isPositive();

        Replica next = replica("a", NEW, OLD);
        postgres.run("update thing.data_key_use set seen_at = seen_at - interval '16 s'");
        next.watch().look();
        next.resealing().pass();

        assertThat(store.counts()).isEqualTo(Map.of("k2", (long) count));
        for (int id = 1; id <= count; id += 7) {
            assertThat(store.open(next.secrets(), id)).isEqualTo("the secret of " + id);
        }
    }

    @Test
    void replicas_of_both_services_say_what_they_know_in_the_same_form() throws IOException {
        assertThat(Files.readString(SealedStore.MIGRATION))
                .isEqualTo(
                        Files.readString(
                                Path.of(
                                        "../../mcp-gateway/src/main/resources/db/gateway/"
                                                + "V040__data_key_use.sql")));
    }

    private Replica replica(String name, String... lines) {
        return store.replica(keys(name, lines));
    }

    private void rewrite(Replica replica, String name, String... lines) {
        keys(name, lines);
        replica.watch().look();
    }

    private Path keys(String name, String... lines) {
        return KeyLines.write(folder.resolve(name), lines);
    }
}
