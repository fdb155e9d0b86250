package dev.drawbridge.gateway.drain;

import dev.drawbridge.gateway.target.CancelSignal;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Future;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What this gateway has under way, and whether it takes more.
///
/// When the process is asked to end, this comes first, and everything that the calls under way need
/// is still there: streams of notifications have been ended, then all else waits here until the
/// calls have, too.
@Singleton
public final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration POLL = Duration.ofMillis(20);

    /// What was cancelled gets so long to be answered.
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final Duration patience;
    private final Map<Future<?>, CancelSignal> calls = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();
    private volatile boolean draining;

    Drain(DrainConfig config) {
        this.patience = config.patience();
    }

    /// Whether nothing new is taken any more.
    public boolean isDraining() {
        return draining;
    }

    /// Waits at the end for a call, which may outlive the request that began it.
    ///
    /// @param signal stops it where it takes too long
    /// @return the call
    public <T> Future<T> follow(CancelSignal signal, Future<T> call) {
        if (call.isComplete()) {
            return call;
        }
        calls.put(call, signal);
        return call.onComplete(_ -> calls.remove(call));
    }

    /// A request that is let in, until it [has ended][#ended].
    void began() {
        requests.increment();
    }

    void ended() {
        requests.decrement();
    }

    /// Begins when the process is asked to end, behind whoever else ends what has no end of its
    /// own. Returns when everything has ended, or time is over.
    void drain(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    ShutdownDelayInitiatedEvent event)
            throws InterruptedException {
        draining = true;
        LOG.infof("Draining: %d requests and %d calls are under way", requests.sum(), calls.size());
        if (!endsWithin(patience)) {
            LOG.warnf("Stopping %d calls that take longer than %s", calls.size(), patience);
            calls.values().forEach(signal -> signal.cancel("The gateway stops. Send it again."));
            endsWithin(LAST_WORDS);
        }
    }

    private boolean endsWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (requests.sum() > 0 || !calls.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }
}
