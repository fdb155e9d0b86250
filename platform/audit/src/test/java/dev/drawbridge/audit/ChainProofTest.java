package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.drawbridge.sql.SecretBox;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

class ChainProofTest {
    private static final SecretBox SECRETS = SecretBox.of(AuditStore.keyFile('A'));
    private static final String SERVICE = "gateway";

    @Test
    void proves_a_chain_of_any_length() {
        qt().forAll(integers().between(0, 60))
                .checkAssert(
                        length -> assertThat(prove(chain(length), length).findings()).isEmpty());
    }

    @Test
    void finds_any_set_of_deleted_records() {
        qt().forAll(
                        integers().between(1, 40),
                        lists().of(integers().between(1, 40)).ofSizeBetween(1, 10))
                .checkAssert((length, numbers) -> {
                    List<Integer> deleted =
                            numbers.stream().map(number -> 1 + number % length).toList();
                    List<ChainedRecord> kept =
                            chain(length).stream()
                                    .filter(record -> !deleted.contains((int) record.seq()))
                                    .toList();

                    assertThat(missing(prove(kept, length)))
                            .containsExactlyElementsOf(
                                    deleted.stream()
                                            .distinct()
                                            .sorted()
                                            .map(Long::valueOf)
                                            .toList());
                });
    }

    @Test
    void finds_any_other_order() {
        qt().forAll(integers().between(2, 30), integers().between(1, 29))
                .checkAssert((length, number) -> {
                    int at = 1 + number % (length - 1);
                    List<ChainedRecord> swapped = new ArrayList<>(chain(length));
                    Collections.swap(swapped, at - 1, at);

                    assertThat(prove(swapped, length).findings()).isNotEmpty();
                });
    }

    @Test
    void fields_do_not_run_into_one_another() {
        byte[] one = new Canonical().begin("x").text("ab").text("c").sha256();

        assertThat(new Canonical().begin("x").text("a").text("bc").sha256()).isNotEqualTo(one);
        assertThat(new Canonical().begin("x").text("abc").text(null).sha256()).isNotEqualTo(one);
        assertThat(new Canonical().begin("x").text("").sha256())
                .isNotEqualTo(new Canonical().begin("x").text(null).sha256());
    }

    @Test
    void a_version_of_the_encoding_stays_what_it_is() {
        // Made by another program from the description of Canonical: records of years ago must
        // still be proved.
        assertThat(chain(1).getFirst().hash()).asHexString().isEqualToIgnoringCase(FIRST);
    }

    private static final String FIRST =
            "84e32e843235545f82eb5bc0cdb3352be46fa1723de103ef460974f1bc41ea33";

    private static ChainProof prove(List<ChainedRecord> records, int length) {
        var proof = new ChainProof(SERVICE, 1, SECRETS);
        records.forEach(record -> proof.next(record, true));
        List<ChainedRecord> whole = chain(length);
        Head head =
                whole.isEmpty()
                        ? Head.NONE
                        : new Head(length, whole.getLast().hash(), Instant.EPOCH);
        proof.head(head.seq(), head.hash(), head.seal(SECRETS, SERVICE, 1));
        return proof;
    }

    private static List<Long> missing(ChainProof proof) {
        List<Long> missing = new ArrayList<>();
        for (Finding finding : proof.findings()) {
            String range = String.valueOf(finding.record()).replaceFirst(".*/", "");
            long from = Long.parseLong(range.replaceFirst("-.*", ""));
            long to = Long.parseLong(range.replaceFirst(".*-", ""));
            for (long seq = from; seq <= to; seq++) {
                missing.add(seq);
            }
        }
        return missing;
    }

    private static List<ChainedRecord> chain(int length) {
        List<ChainedRecord> records = new ArrayList<>();
        byte[] prev = new byte[0];
        for (int seq = 1; seq <= length; seq++) {
            var bare =
                    new ChainedRecord(
                            1,
                            seq,
                            Instant.parse("2026-01-02T03:04:05.000006Z"),
                            new UUID(1, 2),
                            "tool.call",
                            "tool:t",
                            "OK",
                            new UUID(3, 4),
                            null,
                            5,
                            6,
                            7,
                            null,
                            prev,
                            prev);
            ChainedRecord next = bare.withHash(bare.expectedHash(new Canonical(), SERVICE));
            prev = next.hash();
            records.add(next);
        }
        return records;
    }
}
