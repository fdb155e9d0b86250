package dev.drawbridge.audit;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// This process's chain. Its head is in the datastore and moves in the transaction of the records,
/// so that a transaction that is rolled back leaves no gap.
@Singleton
public final class AuditChain {
    private static final int MOST_KNOWN = 50_000;

    private final Db db;
    private final AuditRepository repository;
    private final SecretBox secrets;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<AuditRepository.ContextKey, Boolean> stored = new ConcurrentHashMap<>();
    private final Map<Context, UUID> addresses = new ConcurrentHashMap<>();
    private volatile int chain;

    @Inject
    AuditChain(Db db, AuditRepository repository, SecretBox secrets) {
        this.db = db;
        this.repository = repository;
        this.secrets = secrets;
    }

    /// A chain for who has no container of beans.
    ///
    /// @param schema whose audit it is part of
    public static AuditChain of(Db db, String schema, SecretBox secrets) {
        return new AuditChain(db, new AuditRepository(db, schema), secrets);
    }

    /// A record's name: the service, its chain and its number there.
    public record Place(String service, int chain, long seq) {
        @Override
        public String toString() {
            return service + "/" + chain + "/" + seq;
        }
    }

    /// Appends an entry as the last of the transaction in hand, or in one of its own: what cannot
    /// be recorded does not happen.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `DATABASE_UNAVAILABLE` and others of [Db];
    ///   in a transaction, from that
    public void record(Entry entry) {
        open();
        db.last(() -> append(List.of(entry)));
    }

    /// Appends entries in one transaction.
    ///
    /// @return where they are, in their order
    public List<Place> append(List<Entry> entries) {
        int mine = open();
        List<ChainedRecord> records = db.transaction(() -> write(mine, entries));
        records.forEach(record -> {
            LocalDate month = month(record.at());
            known(new AuditRepository.ContextKey(month, record.context()));
            if (record.statement() != null) {
                known(new AuditRepository.ContextKey(month, record.statement()));
            }
        });
        return records.stream()
                .map(record -> new Place(repository.schema(), mine, record.seq()))
                .toList();
    }

    /// The number of this process's chain, begun if it is not yet.
    int open() {
        if (chain == 0) {
            opening.lock();
            try {
                if (chain == 0) {
                    chain = begin();
                }
            } finally {
                opening.unlock();
            }
        }
        return chain;
    }

    private int begin() {
        repository.maintain();
        return db.transaction(() -> {
            int next = repository.open(ProcessHandle.current().pid() + "@" + host());
            String seal = Head.NONE.seal(secrets, repository.schema(), next);
            repository.advance(next, Head.NONE, Head.NONE, seal);
            return next;
        });
    }

    private List<ChainedRecord> write(int mine, List<Entry> entries) {
        Head from = repository.lock(mine).orElseThrow(() -> gone(mine));
        List<ChainedRecord> records = new ArrayList<>(entries.size());
        var beside = new Beside(new LinkedHashMap<>(), new LinkedHashMap<>());
        var canonical = new Canonical();
        Head head = from;
        for (Entry entry : entries) {
            ChainedRecord next = next(mine, head, entry, beside);
            next = next.withHash(next.expectedHash(canonical, repository.schema()));
            head = new Head(next.seq(), next.hash(), next.at());
            records.add(next);
        }
        if (!beside.contexts().isEmpty()) {
            repository.addContexts(beside.contexts());
        }
        if (!beside.statements().isEmpty()) {
            repository.addStatements(beside.statements());
        }
        repository.append(records);
        if (!repository.advance(mine, from, head, head.seal(secrets, repository.schema(), mine))) {
            throw new IllegalStateException("The audit's head stood elsewhere");
        }
        return records;
    }

    /// It was begun in a transaction that was undone, or the datastore was set back: whoever comes
    /// next begins another one.
    private ProblemException gone(int mine) {
        opening.lock();
        try {
            if (chain == mine) {
                chain = 0;
                stored.clear();
            }
        } finally {
            opening.unlock();
        }
        return new Problem.DatabaseUnavailable("The audit's chain is gone; a new one begins.")
                .exception();
    }

    /// What records of a batch refer to and is not known to be stored.
    private record Beside(
            Map<AuditRepository.ContextKey, Context> contexts,
            Map<AuditRepository.ContextKey, String> statements) {}

    /// Time does not go back in a chain, so that a month ends at one record.
    private ChainedRecord next(int mine, Head head, Entry entry, Beside beside) {
        Instant at = entry.at().isBefore(head.at()) ? head.at() : entry.at();
        LocalDate month = month(at);
        UUID context = address(entry.context());
        var key = new AuditRepository.ContextKey(month, context);
        if (!stored.containsKey(key)) {
            beside.contexts().put(key, entry.context());
        }
        StatementText statement = entry.statement().get().orElse(null);
        UUID fingerprint = statement == null ? null : statement.fingerprint();
        if (statement != null) {
            key = new AuditRepository.ContextKey(month, statement.fingerprint());
            if (!stored.containsKey(key)) {
                beside.statements().put(key, statement.text());
            }
        }
        Entry.Measure measure = entry.measure();
        return new ChainedRecord(
                mine,
                head.seq() + 1,
                at,
                context,
                entry.action(),
                entry.object(),
                entry.outcome(),
                entry.trace(),
                fingerprint,
                measure == null ? null : measure.rows(),
                measure == null ? null : measure.bytes(),
                measure == null ? null : measure.durationUs(),
                entry.details(),
                head.hash(),
                new byte[0]);
    }

    /// Only what is committed is known; within an outer transaction that may still be undone.
    private void known(AuditRepository.ContextKey key) {
        if (db.isInTransaction()) {
            return;
        }
        if (stored.size() >= MOST_KNOWN) {
            stored.clear();
        }
        stored.put(key, true);
    }

    private UUID address(Context context) {
        if (addresses.size() >= MOST_KNOWN) {
            addresses.clear();
        }
        return addresses.computeIfAbsent(context, Context::address);
    }

    private static LocalDate month(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }

    private static String host() {
        return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
}
