package dev.drawbridge.gateway.audit;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Takes records as calls end and writes them in batches, so that a call waits for no insert. When
/// the datastore takes no records for so long that the queue is full, calls are refused: nothing
/// runs unrecorded.
@Singleton
public final class ToolCallTrail {
    private static final Logger LOG = Logger.getLogger(ToolCallTrail.class);
    private static final int MOST_WAITING = 100_000;
    private static final int BATCH = 2_000;
    private static final long EVERY_MS = 100;

    private final ToolCallRepository repository;
    private final Vertx vertx;
    private final ConcurrentLinkedQueue<ToolCallRecord> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private List<ToolCallRecord> batch = List.of();

    ToolCallTrail(ToolCallRepository repository, Vertx vertx) {
        this.repository = repository;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(
                EVERY_MS,
                _ -> {
                    if (waiting.get() > 0) {
                        executor.execute(this::write);
                    }
                });
    }

    void stop(@Observes ShutdownEvent event) {
        write();
    }

    /// Passes when the next record has a place.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED`
    public void requireRoom() {
        if (waiting.get() >= MOST_WAITING) {
            throw new Problem.Overloaded(Duration.ofSeconds(1)).exception();
        }
    }

    /// Puts a record in the queue.
    public void add(ToolCallRecord call) {
        queue.add(call);
        waiting.incrementAndGet();
    }

    /// Writes all that waits. A batch that fails is kept and tried again first.
    private void write() {
        if (!writing.tryLock()) {
            return;
        }
        try {
            while (fill()) {
                repository.append(batch);
                waiting.addAndGet(-batch.size());
                batch = List.of();
            }
        } catch (ProblemException unavailable) {
            LOG.errorf(
                    "%d records of tool calls wait for the datastore: %s",
                    waiting.get(), unavailable.getMessage());
        } finally {
            writing.unlock();
        }
    }

    private boolean fill() {
        if (batch.isEmpty()) {
            batch = new ArrayList<>();
            ToolCallRecord next;
            while (batch.size() < BATCH && (next = queue.poll()) != null) {
                batch.add(next);
            }
        }
        return !batch.isEmpty();
    }
}
