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
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Takes entries and writes them in batches on a thread of its own, so that a call waits for no
/// insert. When the datastore takes no records for so long that the queue is full, [#requireRoom]
/// fails: nothing runs unrecorded. Full is a matter of memory, not of numbers.
@Singleton
public final class AuditTrail {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);

    /// Bytes, about: a sixth of the heap that the launcher gives a service.
    private static final long MOST_WAITING = 32L << 20;

    /// Bytes of an entry without its texts, about.
    private static final int BARE = 320;

    private static final int BATCH = 2_000;
    private static final long EVERY_MS = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final AuditChain chain;
    private final Repeats repeats = new Repeats();
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private List<Waiting> batch = List.of();
    private Duration pause = Duration.ZERO;
    private volatile long triedAgainAt = System.nanoTime();

    @Inject
    AuditTrail(AuditChain chain) {
        this.chain = chain;
    }

    /// A trail for who has no container of beans, and writes by [#end] alone.
    public static AuditTrail of(AuditChain chain) {
        return new AuditTrail(chain);
    }

    /// @param bytes about what it takes in memory
    private record Waiting(Entry entry, long bytes, CompletableFuture<AuditChain.Place> written) {}

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                EVERY_MS,
                _ -> {
                    if ((waiting.get() > 0 || !repeats.isEmpty())
                            && System.nanoTime() - triedAgainAt >= 0) {
                        executor.execute(this::write);
                    }
                });
    }

    void stop(@Observes ShutdownEvent event) {
        end();
    }

    /// Writes all that waits or is being counted, behind whoever is writing. Tries again for a few
    /// seconds where the datastore does not take it: what is left then is lost.
    public void end() {
        repeats.end().forEach(this::add);
        long end = System.nanoTime() + LAST_PATIENCE.toNanos();
        writing.lock();
        try {
            while (!writeBatches()) {
                if (System.nanoTime() - end > 0) {
                    LOG.errorf("Audit records are lost: %,d bytes of them", waiting.get());
                    return;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MS));
            }
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
        add(entry, 0);
    }

    /// Puts an entry in the queue.
    ///
    /// @param statement the characters of the statement that it keeps until it is written
    public void add(Entry entry, int statement) {
        queue(entry, statement, NOBODY);
    }

    /// Puts a refusal in the queue. Of the same within a minute the first is recorded at once, and
    /// the others are counted and recorded as one. They leave half of the queue to those who are
    /// let in.
    public void addRefusal(Entry refusal) {
        if (waiting.get() < MOST_WAITING / 2 && repeats.isFirst(refusal)) {
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
        queue(entry, 0, written);
        executor.execute(this::write);
        return written.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(
                                new Problem.DatabaseUnavailable("The audit takes no record.")
                                        .exception(failure)));
    }

    private static final CompletableFuture<AuditChain.Place> NOBODY = new CompletableFuture<>();

    private void queue(Entry entry, int statement, CompletableFuture<AuditChain.Place> written) {
        long bytes = (long) BARE + length(entry.object()) + length(entry.details()) + statement;
        waiting.addAndGet(bytes);
        queue.add(new Waiting(entry, bytes, written));
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

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
                waiting.addAndGet(-batch.stream().mapToLong(Waiting::bytes).sum());
                for (int i = 0; i < places.size(); i++) {
                    if (batch.get(i).written() != NOBODY) {
                        batch.get(i).written().complete(places.get(i));
                    }
                }
                batch = List.of();
                succeeded();
            }
            return true;
        } catch (ProblemException unavailable) {
            failed(unavailable);
            return false;
        }
    }

    private void succeeded() {
        if (!pause.isZero()) {
            LOG.info("The datastore takes audit records again");
            pause = Duration.ZERO;
        }
    }

    /// Waits longer from one failure to the next, so that an outage does not fill the log.
    private void failed(ProblemException unavailable) {
        if (pause.isZero()) {
            LOG.errorf("Audit records wait for the datastore: %s", unavailable.getMessage());
        }
        Duration longer = pause.multipliedBy(2).plusMillis(EVERY_MS);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        triedAgainAt = System.nanoTime() + pause.toNanos();
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
