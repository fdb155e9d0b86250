package dev.drawbridge.audit;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Takes entries and writes them in batches on a thread of its own, so that a call waits for no
/// insert. When the datastore takes no records for so long that the queue is full, [#requireRoom]
/// fails: nothing runs unrecorded.
@Singleton
public final class AuditTrail {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final int MOST_WAITING = 100_000;
    private static final int BATCH = 2_000;
    private static final long EVERY_MS = 100;

    private final AuditChain chain;
    private final Repeats repeats = new Repeats();
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private List<Waiting> batch = List.of();

    @Inject
    AuditTrail(AuditChain chain) {
        this.chain = chain;
    }

    /// A trail for who has no container of beans, and writes by [#end] alone.
    public static AuditTrail of(AuditChain chain) {
        return new AuditTrail(chain);
    }

    private record Waiting(Entry entry, CompletableFuture<AuditChain.Place> written) {}

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                EVERY_MS,
                _ -> {
                    if (waiting.get() > 0 || !repeats.isEmpty()) {
                        executor.execute(this::write);
                    }
                });
    }

    void stop(@Observes ShutdownEvent event) {
        end();
    }

    /// Writes all that waits or is being counted, behind whoever is writing.
    public void end() {
        repeats.end().forEach(this::add);
        writing.lock();
        try {
            writeBatches();
        } finally {
            writing.unlock();
        }
    }

    /// Passes when the next entry has a place.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    public void requireRoom() {
        if (waiting.get() >= MOST_WAITING) {
            throw new Problem.Overloaded(Duration.ofSeconds(1)).exception();
        }
    }

    /// Puts an entry in the queue.
    public void add(Entry entry) {
        queue.add(new Waiting(entry, NOBODY));
        waiting.incrementAndGet();
    }

    /// Puts a refusal in the queue. Of the same within a minute the first is recorded at once, and
    /// the others are counted and recorded as one.
    public void addRefusal(Entry refusal) {
        if (waiting.get() < MOST_WAITING && repeats.isFirst(refusal)) {
            add(refusal);
        }
    }

    /// Writes an entry at once, together with what waits.
    ///
    /// @return where it is, when it is committed; fails with a
    ///   [dev.drawbridge.problem.ProblemException] when it cannot be within `patience`, though it
    ///   may still be recorded later
    public CompletableFuture<AuditChain.Place> addNow(Entry entry, Duration patience) {
        var written = new CompletableFuture<AuditChain.Place>();
        queue.add(new Waiting(entry, written));
        waiting.incrementAndGet();
        executor.execute(this::write);
        return written.orTimeout(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(
                                new Problem.DatabaseUnavailable("The audit takes no record.")
                                        .exception(failure)));
    }

    private static final CompletableFuture<AuditChain.Place> NOBODY = new CompletableFuture<>();

    /// Writes all that waits, unless somebody does. A batch that fails is kept and tried again
    /// first.
    private void write() {
        // Whoever holds the lock looks again after letting go, so nothing is left behind.
        while (waiting.get() > 0 || !repeats.isEmpty()) {
            if (!writing.tryLock()) {
                return;
            }
            try {
                repeats.due().forEach(this::add);
                if (!writeBatches()) {
                    return;
                }
            } finally {
                writing.unlock();
            }
            if (waiting.get() == 0) {
                return;
            }
        }
    }

    private boolean writeBatches() {
        try {
            while (fill()) {
                var places = chain.append(batch.stream().map(Waiting::entry).toList());
                waiting.addAndGet(-batch.size());
                for (int i = 0; i < places.size(); i++) {
                    if (batch.get(i).written() != NOBODY) {
                        batch.get(i).written().complete(places.get(i));
                    }
                }
                batch = List.of();
            }
            return true;
        } catch (ProblemException unavailable) {
            LOG.errorf(
                    "%d audit records wait for the datastore: %s",
                    waiting.get(), unavailable.getMessage());
            return false;
        }
    }

    private boolean fill() {
        if (batch.isEmpty()) {
            batch = new ArrayList<>();
            Waiting next;
            while (batch.size() < BATCH && (next = queue.poll()) != null) {
                batch.add(next);
            }
        }
        return !batch.isEmpty();
    }
}
