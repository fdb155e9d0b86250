package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.SecretBox;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// The data key rotates from A to B.
class AuditSealsTest {
    private static final int MANY = 1_000;
    private static TestPostgres postgres;

    private final AuditStore store = new AuditStore(postgres);
    private final SecretBox both = SecretBox.of(AuditStore.keyFile('B', 'A'));
    private final SecretBox onlyNew = SecretBox.of(AuditStore.keyFile('B'));
    private final AuditSeals seals =
            new AuditSeals(new SealRepository(store.gateway.db(), "gateway"), both);

    @BeforeAll
    static void start() {
        postgres = AuditStore.server();
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
    void heads_of_processes_that_are_gone_are_proved_without_the_old_key() {
        store.gateway.write("tool:one");
        try (var second = store.writer("gateway")) {
            second.write("tool:two");
        }
        assertThat(seals.countByKey()).isEqualTo(Map.of("kA", 2L));

        assertThat(seals.reseal(MANY)).isEqualTo(2);

        assertThat(seals.countByKey()).isEqualTo(Map.of("kB", 2L));
        assertThat(seals.reseal(MANY)).isZero();
        var report = store.prove(onlyNew, List.of());
        assertThat(report.findings()).isEmpty();
        assertThat(report.proved()).isEqualTo(2);
    }

    @Test
    void checkpoints_of_dropped_months_are_proved_without_the_old_key() {
        store.gateway.write("tool:dropped");
        store.gateway.write("tool:kept");
        checkpoint(1);
        store.postgres.run("delete from gateway.audit_record where seq = 1");
        assertThat(store.prove().findings()).isEmpty();

        assertThat(seals.reseal(MANY)).isEqualTo(2);

        assertThat(store.prove(onlyNew, List.of()).findings()).isEmpty();
    }

    @Test
    void a_checkpoint_at_the_head_has_the_heads_seal() {
        store.gateway.write("tool:last");
        checkpoint(1);

        assertThat(seals.reseal(MANY)).isEqualTo(1);

        assertThat(seals.countByKey()).isEqualTo(Map.of("kB", 2L));
    }

    @Test
    void no_more_are_made_anew_than_were_asked_for() {
        store.gateway.write("tool:one");
        try (var second = store.writer("gateway")) {
            second.write("tool:two");
        }

        assertThat(seals.reseal(1)).isEqualTo(1);
        assertThat(seals.countByKey()).isEqualTo(Map.of("kA", 1L, "kB", 1L));
    }

    @Test
    void a_forged_head_is_not_vouched_for() {
        store.gateway.write("tool:true");
        store.postgres.run("update gateway.audit_chain set hash = sha256('x')");

        assertThat(seals.reseal(MANY)).isZero();

        assertThat(seals.countByKey()).isEqualTo(Map.of("kA", 1L));
        assertThat(store.prove(both, List.of()).findings())
                .extracting(Finding::kind)
                .contains(Finding.Kind.SEAL_FALSE);
    }

    @Test
    void a_chain_goes_on_while_its_seal_is_made_anew() throws Exception {
        int records = 200;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var old = store.writer("gateway", store.secrets)) {
            var writing =
                    threads.submit(() -> {
                        for (int i = 0; i < records; i++) {
                            old.write("tool:" + i);
                        }
                        return records;
                    });
            while (!writing.isDone()) {
                seals.reseal(MANY);
            }
            assertThat(writing.get()).isEqualTo(records);
        }
        seals.reseal(MANY);

        var report = store.prove(onlyNew, List.of());
        assertThat(report.findings()).isEmpty();
        assertThat(report.proved()).isEqualTo(records);
    }

    /// As `Upkeep` leaves one.
    private void checkpoint(long seq) {
        store.gateway
                .db()
                .list(
                        row -> row.getBuffer("hash").getBytes(),
                        "select hash from gateway.audit_record where seq = $1",
                        seq)
                .forEach(hash -> {
                    var head = new Head(seq, hash, java.time.Instant.EPOCH);
                    store.gateway
                            .repository()
                            .addCheckpoint(
                                    new AuditRepository.Ended(
                                            1, java.time.LocalDate.of(2000, 1, 1), head),
                                    head.seal(store.secrets, "gateway", 1));
                });
    }
}
