package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.sql.SecretBox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Proves the audits of all services of a datastore, in one snapshot, while they run.
public final class AuditProof {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretBox secrets;
    private final Map<String, TreeMap<Integer, ChainProof>> proofs = new TreeMap<>();
    private final Map<String, List<ProofRepository.Chain>> heads = new HashMap<>();
    private final Set<String> unfinished = new TreeSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private long records;

    private AuditProof(SecretBox secrets) {
        this.secrets = secrets;
    }

    /// Proves.
    ///
    /// @param connection of a role that may read the audits; its transaction is ended
    /// @param kept heads of an earlier proof, from a place outside the datastore; may be empty
    /// @param schemas of the services that have an audit
    public static AuditReport of(
            Connection connection,
            SecretBox secrets,
            List<AuditReport.Standing> kept,
            String... schemas)
            throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            var proof = new AuditProof(secrets);
            for (String schema : schemas) {
                proof.begin(new ProofRepository(connection, schema), schema);
            }
            for (String schema : schemas) {
                proof.readAnchors(new ProofRepository(connection, schema), schema);
            }
            kept.forEach(head -> proof.anchor(head, "What was kept outside"));
            for (String schema : schemas) {
                proof.read(new ProofRepository(connection, schema), schema);
            }
            return proof.report();
        } finally {
            connection.rollback();
        }
    }

    /// Chains are numbered without a gap.
    private void begin(ProofRepository repository, String schema) throws SQLException {
        var chains = new TreeMap<Integer, ChainProof>();
        heads.put(schema, repository.chains());
        int next = 1;
        for (ProofRepository.Chain chain : heads.getOrDefault(schema, List.of())) {
            for (; next < chain.id(); next++) {
                lost(schema, next);
            }
            next = chain.id() + 1;
            chains.put(chain.id(), new ChainProof(schema, chain.id(), secrets));
        }
        proofs.put(schema, chains);
        for (ProofRepository.Chain end : repository.checkpoints()) {
            ChainProof proof = chains.get(end.id());
            if (proof != null) {
                proof.checkpoint(end.seq(), end.hash(), end.seal());
            }
        }
    }

    private void readAnchors(ProofRepository repository, String schema) throws SQLException {
        repository.details(
                Anchors.ACTION,
                (chain, seq, details) -> {
                    String source = "The anchor %s/%d/%d".formatted(schema, chain, seq);
                    for (JsonNode head : json(details).path("heads")) {
                        anchor(
                                new AuditReport.Standing(
                                        head.path("service").asText(),
                                        head.path("chain").asInt(),
                                        head.path("seq").asLong(),
                                        head.path("hash").asText()),
                                source);
                    }
                });
    }

    private void anchor(AuditReport.Standing head, String source) {
        TreeMap<Integer, ChainProof> chains = proofs.get(head.service());
        if (chains == null) {
            return;
        }
        ChainProof proof = chains.get(head.chain());
        if (proof == null) {
            lost(head.service(), head.chain());
        } else {
            proof.anchor(head.seq(), HexFormat.of().parseHex(head.hash()), source);
        }
    }

    private void read(ProofRepository repository, String schema) throws SQLException {
        var chains = proofs.getOrDefault(schema, new TreeMap<>());
        Set<UUID> changed = repository.changedBeside();
        repository.records(found -> {
            ChainedRecord record = found.record();
            records++;
            ChainProof proof = chains.get(record.chain());
            if (proof == null) {
                lost(schema, record.chain());
                return;
            }
            UUID statement = record.statement();
            boolean whole =
                    found.whole()
                            && !changed.contains(record.context())
                            && (statement == null || !changed.contains(statement));
            proof.next(record, whole);
            note(schema, record);
        });
        for (ProofRepository.Chain head : heads.getOrDefault(schema, List.of())) {
            ChainProof proof = chains.get(head.id());
            if (proof != null) {
                proof.head(head.seq(), head.hash(), head.seal());
            }
        }
    }

    private void note(String schema, ChainedRecord record) {
        String details = record.details();
        if (record.outcome().equals(Entry.PENDING)) {
            unfinished.add(schema + "/" + record.chain() + "/" + record.seq());
        } else if (details != null && details.contains("\"intent\"")) {
            unfinished.remove(json(details).path("intent").asText());
        }
    }

    private void lost(String schema, int chain) {
        String name = schema + "/" + chain;
        if (findings.stream().noneMatch(finding -> finding.chain().equals(name))) {
            findings.add(
                    new Finding(
                            Finding.Kind.CHAIN_MISSING, name, null, "The whole chain is missing."));
        }
    }

    private AuditReport report() {
        long proved = 0;
        List<AuditReport.Standing> standing = new ArrayList<>();
        for (var schema : proofs.entrySet()) {
            for (ChainProof proof : schema.getValue().values()) {
                proved += proof.proved();
                findings.addAll(proof.findings());
            }
            for (ProofRepository.Chain head : heads.getOrDefault(schema.getKey(), List.of())) {
                standing.add(
                        new AuditReport.Standing(
                                schema.getKey(),
                                head.id(),
                                head.seq(),
                                HexFormat.of().formatHex(head.hash())));
            }
        }
        return new AuditReport(
                records, proved, standing, List.copyOf(unfinished), List.copyOf(findings));
    }

    /// Details that were changed are found by their record's hash, not here.
    private static JsonNode json(String details) {
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException changed) {
            return JSON.nullNode();
        }
    }
}
