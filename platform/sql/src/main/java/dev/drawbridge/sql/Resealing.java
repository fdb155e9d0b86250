package dev.drawbridge.sql;

import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.DataKeyException.Code;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Seals anew, in the background, what is stored under another key than the one that seals now. A
/// pass that was cut off is gone on with by the next one, of whichever replica.
@Singleton
public final class Resealing {
    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final int PART = 200;

    private final DataKeyFile file;
    private final DataKeyRepository replicas;
    private final StoredSecrets stored;
    private final MultiGauge gauge;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile Instant next = Instant.MIN;
    private volatile List<String> passedWith = List.of();
    private volatile Optional<DataKeyException> missing = Optional.empty();

    @Inject
    Resealing(
            DataKeyFile file,
            DataKeyRepository replicas,
            StoredSecrets stored,
            MeterRegistry meters) {
        this.file = file;
        this.replicas = replicas;
        this.stored = stored;
        this.gauge =
                MultiGauge.builder("drawbridge.data.key.secrets")
                        .description("Secrets that are stored under a data key")
                        .register(meters);
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                1,
                DataKeyWatch.EVERY_MS,
                _ -> {
                    if (!stopped) {
                        executor.execute(this::tryPass);
                    }
                });
    }

    /// Behind the batch in hand.
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        executor.close();
    }

    /// What is wrong with the key file, or with what it lists for what is stored.
    Optional<DataKeyException> problem() {
        return file.problem().or(() -> missing);
    }

    private void tryPass() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!file.keys().ids().equals(passedWith) || Instant.now().isAfter(next)) {
                pass();
            }
        } catch (ProblemException unavailable) {
            LOG.warnf("Secrets are not sealed anew: %s", unavailable.getMessage());
        } finally {
            running.set(false);
        }
    }

    /// Seals all anew that opens, once all replicas seal with one key: while they differ, one would
    /// undo what another did.
    void pass() {
        List<String> ids = file.keys().ids();
        String key = ids.getFirst();
        boolean agreed;
        int resealed = 0;
        int part;
        do {
            count();
            agreed = replicas.running().stream().allMatch(one -> one.seals().equals(key));
            part = agreed && !stopped ? stored.reseal(PART) : 0;
            resealed += part;
        } while (part > 0);
        if (resealed > 0) {
            LOG.infof("%d secrets are sealed with the data key %s now", resealed, key);
        }
        replicas.removeOld();
        if (agreed) {
            passedWith = ids;
            next = Instant.now().plus(REST);
        }
    }

    private void count() {
        SortedMap<String, SortedMap<String, Long>> counts = stored.count();
        file.forget(counts.keySet());
        publish(counts);
        var before = missing;
        missing = missing(counts.keySet());
        missing.map(DataKeyException::getMessage)
                .filter(now -> !before.map(DataKeyException::getMessage).equals(Optional.of(now)))
                .ifPresent(LOG::warn);
    }

    private Optional<DataKeyException> missing(Set<String> named) {
        Set<String> unknown = new TreeSet<>(named);
        unknown.removeAll(file.keys().ids());
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DataKeyException(
                                Code.DATA_KEY_MISSING,
                                "Stored secrets need data keys that the key file does not list: "
                                        + String.join(", ", unknown)
                                        + "."));
    }

    private void publish(SortedMap<String, SortedMap<String, Long>> counts) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((key, kinds) ->
                kinds.forEach((kind, count) ->
                        rows.add(MultiGauge.Row.of(Tags.of("key", key, "kind", kind), count))));
        gauge.register(rows, true);
    }
}
