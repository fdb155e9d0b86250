package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.sql.SecretBox;
import dev.drawbridge.testkit.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/// What a superuser of the datastore does to the audit is found and named.
class AuditTamperTest {
    private static final int RECORDS = 6;

    private static TestPostgres postgres;

    private final AuditStore store = new AuditStore(postgres);

    @BeforeAll
    static void start() {
        postgres = AuditStore.server();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @BeforeEach
    void write() {
        for (int i = 1; i <= RECORDS; i++) {
            store.gateway.write("tool:t" + i);
        }
        store.gateway.anchors().cast(); // knows auth's chains: none yet
        store.auth.write("user:1");
    }

    @AfterEach
    void stop() {
        store.close();
        store.postgres.run("drop table if exists old, olda");
    }

    @Test
    void nothing_is_found_where_nothing_was_done() {
        store.auth.anchors().cast();
        store.gateway.anchors().cast();

        AuditReport report = store.prove();

        assertThat(report.findings()).isEmpty();
        assertThat(report.proved()).isEqualTo(report.records()).isGreaterThan(RECORDS);
        assertThat(report.heads()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 microsecond'",
                "seq = 1003",
                "context = gen_random_uuid()",
                "trace = gen_random_uuid()",
                "action = 'thing.undo'",
                "object = 'tool:other'",
                "object = null",
                "outcome = 'NOT_FOUND'",
                "details = '{}'",
                "rows = 0",
                "bytes = 0",
                "duration_us = 0",
                "statement = gen_random_uuid()",
                "prev = hash",
                "hash = prev",
                "chain = 2"
            })
    void a_changed_field_is_named(String change) {
        store.postgres.run("update gateway.audit_record set " + change + " where seq = 3");

        assertThat(names()).contains("gateway/1/3");
    }

    @Test
    void a_changed_context_is_named_by_the_records_that_refer_to_it() {
        store.postgres.run("update auth.audit_context set client = '198.51.100.9'");

        assertThat(names()).containsExactly("auth/1/1");
    }

    @Test
    void a_deleted_record_is_named() {
        store.postgres.run("delete from gateway.audit_record where seq = 3");

        assertThat(store.prove().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING);
                    assertThat(finding.record()).isEqualTo("gateway/1/3");
                });
    }

    @Test
    void a_deleted_tail_is_named() {
        store.postgres.run("delete from gateway.audit_record where seq > 4");

        assertThat(names()).containsExactly("gateway/1/5-6");
    }

    @Test
    void a_tail_that_was_deleted_with_an_older_head_put_back_is_named_by_an_anchor() {
        store.postgres.run(
                "create table old as select * from gateway.audit_chain;"); // its seal is genuine
        store.gateway.write("tool:late");
        store.auth.anchors().cast();
        store.postgres.run(
                """
                delete from gateway.audit_record where seq > 6;
                update gateway.audit_chain c set seq = o.seq, hash = o.hash, seal = o.seal
                  from old o where o.id = c.id;
                """);

        assertThat(names()).containsExactly("gateway/1/7");
    }

    @Test
    void an_older_state_of_everything_is_named_by_what_was_kept_outside() {
        store.postgres.run(
                "create table old as select * from gateway.audit_chain;"
                        + "create table olda as select * from auth.audit_chain;");
        long authSeq = store.prove().records() - RECORDS;
        store.gateway.write("tool:late");
        store.auth.anchors().cast();
        List<AuditReport.Standing> kept = store.prove().heads();
        store.postgres.run(
                """
                delete from gateway.audit_record where seq > 6;
                update gateway.audit_chain c set seq = o.seq, hash = o.hash, seal = o.seal
                  from old o where o.id = c.id;
                delete from auth.audit_record where seq > %d;
                update auth.audit_chain c set seq = o.seq, hash = o.hash, seal = o.seal
                  from olda o where o.id = c.id;
                """
                        .formatted(authSeq));

        assertThat(names()).isEmpty();
        assertThat(store.prove(store.secrets, kept).findings())
                .extracting(Finding::record)
                .contains("gateway/1/7");
    }

    @Test
    void a_dropped_partition_is_named() {
        String month = LocalDate.now(ZoneOffset.UTC).toString().substring(0, 7).replace("-", "");
        store.postgres.run("drop table gateway.audit_record_" + month);

        assertThat(names()).contains("gateway/1/1-6");
    }

    @Test
    void a_deleted_chain_is_named() {
        try (var second = store.writer("gateway")) {
            second.write("tool:of another replica");
            store.auth.anchors().cast();
            store.postgres.run(
                    """
                    delete from gateway.audit_record where chain = 2;
                    delete from gateway.audit_chain where id = 2;
                    """);
        }

        assertThat(store.prove().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.CHAIN_MISSING);
                    assertThat(finding.chain()).isEqualTo("gateway/2");
                });
    }

    @Test
    void two_swapped_records_are_named() {
        store.postgres.run(
                """
                update gateway.audit_record set seq = 7 - seq where seq in (3, 4)
                """);

        assertThat(names()).contains("gateway/1/3", "gateway/1/4");
    }

    @Test
    void an_inserted_record_is_named() {
        store.postgres.run(
                """
                insert into gateway.audit_record
                select at, 7, chain, rows, bytes, duration_us, context, trace, statement, action,
                       object, outcome, details, prev, hash
                  from gateway.audit_record where seq = 2
                """);

        assertThat(names()).contains("gateway/1/7");
    }

    @Test
    void a_second_record_of_a_number_is_named() {
        store.postgres.run(
                """
                insert into gateway.audit_record
                select at, seq, chain, rows, bytes, duration_us, context, trace, statement, action,
                       'tool:forged', outcome, details, prev, sha256(hash)
                  from gateway.audit_record where seq = 2
                """);

        assertThat(names()).contains("gateway/1/2");
    }

    @Test
    void a_chain_that_was_rewritten_whole_has_no_seal() {
        var forger = SecretBox.of(AuditStore.keyFile('B'));
        try (var connection = store.postgres.connect();
                var statement = connection.createStatement()) {
            var records = new java.util.ArrayList<ChainedRecord>();
            new ProofRepository(connection, "gateway")
                    .records(found -> records.add(found.record()));
            byte[] prev = new byte[0];
            for (ChainedRecord record : records) {
                var changed = forged(record, prev);
                byte[] hash = changed.expectedHash(new Canonical(), "gateway");
                statement.execute(
                        ("update gateway.audit_record set object = 'tool:forged', prev = '\\x%s',"
                                        + " hash = '\\x%s' where seq = %d")
                                .formatted(hex(prev), hex(hash), record.seq()));
                prev = hash;
            }
            String seal =
                    new Head(RECORDS, prev, java.time.Instant.EPOCH).seal(forger, "gateway", 1);
            statement.execute(
                    "update gateway.audit_chain set hash = '\\x%s', seal = '%s'"
                            .formatted(hex(prev), seal.replaceFirst("kB", "kA")));
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }

        assertThat(store.prove().findings())
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.SEAL_FALSE);
    }

    private static ChainedRecord forged(ChainedRecord record, byte[] prev) {
        return new ChainedRecord(
                record.chain(),
                record.seq(),
                record.at(),
                record.context(),
                record.action(),
                "tool:forged",
                record.outcome(),
                record.trace(),
                null,
                null,
                null,
                null,
                null,
                prev,
                prev);
    }

    @Test
    void a_key_that_is_gone_proves_nothing_and_says_so() {
        assertThat(store.prove(SecretBox.of(AuditStore.keyFile('B')), List.of()).findings())
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.SEAL_UNPROVED);
    }

    private List<String> names() {
        return store.prove().findings().stream().map(Finding::record).distinct().toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
