package dev.drawbridge.audit;

import dev.drawbridge.sql.SecretBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Proves one chain: takes its records in the order of their numbers and says what is wrong.
///
/// Every record must have the hash of its fields, follow the one before it in number and hash, and
/// the last must be where the sealed head says. What came before the first must be a sealed
/// checkpoint.
public final class ChainProof {
    private final String service;
    private final int chain;
    private final SecretBox secrets;
    private final Canonical canonical = new Canonical();
    private final List<Finding> findings = new ArrayList<>();
    private final NavigableMap<Long, Anchor> anchors = new TreeMap<>();
    private long dropped;
    private long seq;
    private byte[] hash = new byte[0];
    private Instant at = Instant.MIN;
    private long proved;

    /// @param service the schema that the chain is in
    public ChainProof(String service, int chain, SecretBox secrets) {
        this.service = service;
        this.chain = chain;
        this.secrets = secrets;
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by their content.
    private record Anchor(byte[] hash, String source) {}

    /// What somebody else has recorded or kept of this chain: at `anchored` it had this hash.
    /// Before the first record.
    ///
    /// @param source who says so, for the sentence
    public void anchor(long anchored, byte[] anchoredHash, String source) {
        if (anchored == 0) {
            return;
        }
        Anchor other = anchors.putIfAbsent(anchored, new Anchor(anchoredHash, source));
        if (other != null && !Arrays.equals(other.hash(), anchoredHash)) {
            find(
                    Finding.Kind.CHANGED,
                    anchored,
                    "%s and %s know different records of this number."
                            .formatted(other.source(), source));
        }
    }

    /// Where the records may begin, because those before were dropped.
    ///
    /// @param seal made when they were dropped
    public void checkpoint(long seq, byte[] hash, String seal) {
        judge(new Head(seq, hash, Instant.EPOCH), seal, "The checkpoint at " + seq);
        if (seq > this.seq) {
            this.dropped = seq;
            this.seq = seq;
            this.hash = hash;
        }
    }

    /// The next record, in the order of numbers.
    ///
    /// @param whole whether what it refers to by its content's address is there and has that
    ///   address
    public void next(ChainedRecord record, boolean whole) {
        boolean intact = Arrays.equals(record.expectedHash(canonical, service), record.hash());
        if (record.seq() <= seq) {
            find(
                    Finding.Kind.FORGED,
                    record.seq(),
                    record.seq() > dropped
                            ? "There are two records of this number; at least one is forged."
                            : "A record is here that belongs to a month that was dropped.");
            return;
        }
        boolean follows = record.seq() == seq + 1;
        if (!follows) {
            missing(seq + 1, record.seq() - 1);
        }
        if (!intact) {
            find(
                    Finding.Kind.CHANGED,
                    record.seq(),
                    "The record does not have the hash of its fields: it was changed.");
        } else if (follows && !Arrays.equals(hash, record.prev())) {
            find(
                    Finding.Kind.FORGED,
                    range(Math.max(1, seq), record.seq()),
                    "The record does not follow the one before it: one of the two was replaced.");
        } else if (!whole) {
            find(
                    Finding.Kind.CHANGED,
                    record.seq(),
                    "The context or the statement of the record is missing or was changed.");
        } else if (record.at().isBefore(at)) {
            find(Finding.Kind.FORGED, record.seq(), "The record is older than the one before it.");
        } else if (isAnchored(record)) {
            proved++;
        }
        seq = record.seq();
        hash = record.hash();
        at = record.at();
    }

    /// The head of the chain, behind its last record.
    public void head(long headSeq, byte[] headHash, String seal) {
        judge(new Head(headSeq, headHash, Instant.EPOCH), seal, "The head");
        if (headSeq > seq) {
            missing(seq + 1, headSeq);
        } else if (headSeq < seq) {
            find(
                    Finding.Kind.FORGED,
                    range(headSeq + 1, seq),
                    "Records are behind the head of the chain, which never was there.");
        } else if (!Arrays.equals(hash, headHash)) {
            find(
                    Finding.Kind.FORGED,
                    seq,
                    "The last record is not the one that the head was sealed for.");
        }
        long last = Math.max(seq, headSeq);
        if (!anchors.isEmpty() && anchors.lastKey() > last) {
            missing(last + 1, anchors.lastKey());
        }
    }

    private boolean isAnchored(ChainedRecord record) {
        Anchor anchor = anchors.get(record.seq());
        if (anchor == null || Arrays.equals(anchor.hash(), record.hash())) {
            return true;
        }
        find(
                Finding.Kind.CHANGED,
                record.seq(),
                anchor.source() + " knows another record of this number.");
        return false;
    }

    /// What is wrong so far.
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /// How many records are as they were written.
    public long proved() {
        return proved;
    }

    private void judge(Head head, String seal, String what) {
        switch (head.judge(secrets, service, chain, seal)) {
            case TRUE -> {}
            case FALSE ->
                    find(
                            Finding.Kind.SEAL_FALSE,
                            (String) null,
                            what + " was not sealed by the service.");
            case KEY_UNKNOWN ->
                    find(
                            Finding.Kind.SEAL_UNPROVED,
                            (String) null,
                            what
                                    + " was sealed with the data key "
                                    + seal.substring(0, seal.indexOf(':'))
                                    + ", which is not in the key file.");
        }
    }

    private void missing(long from, long to) {
        find(
                Finding.Kind.MISSING,
                range(from, to),
                from == to ? "The record is missing." : "These records are missing.");
    }

    private void find(Finding.Kind kind, long at, String sentence) {
        find(kind, Long.toString(at), sentence);
    }

    private void find(Finding.Kind kind, @Nullable String at, String sentence) {
        String name = service + "/" + chain;
        findings.add(new Finding(kind, name, at == null ? null : name + "/" + at, sentence));
    }

    private static String range(long from, long to) {
        return from == to ? Long.toString(from) : from + "-" + to;
    }
}
