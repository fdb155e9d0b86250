package dev.drawbridge.audit;

import dev.drawbridge.problem.ProblemException;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Records where all other chains stand, in our own: who cuts off the end of one has to change
/// another, whose end is known elsewhere in turn.
@Singleton
public final class Anchors {
    /// What an anchor is recorded as.
    public static final String ACTION = "audit.anchor";

    private static final Logger LOG = Logger.getLogger(Anchors.class);
    private static final List<String> SERVICES = List.of("auth", "gateway");

    /// Chains that have not moved for so long are in anchors of others.
    private static final Duration RECENT = Duration.ofDays(7);

    private final AuditRepository repository;
    private final AuditChain chain;
    private final Map<String, Long> known = new HashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();

    @Inject
    Anchors(AuditRepository repository, AuditChain chain) {
        this.repository = repository;
        this.chain = chain;
    }

    void start(
            @Observes @Priority(Interceptor.Priority.APPLICATION + 1_000) StartupEvent event,
            Vertx vertx,
            AuditConfig config) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        executor.execute(this::tryCast);
        vertx.setPeriodic(config.anchorEvery().toMillis(), _ -> executor.execute(this::tryCast));
    }

    private void tryCast() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            cast();
        } catch (ProblemException unavailable) {
            LOG.warnf("The heads of the audit are not anchored: %s", unavailable.getMessage());
        } finally {
            running.set(false);
        }
    }

    /// Records the heads that have moved since the last time.
    void cast() {
        int mine = chain.open();
        Instant since = Instant.now().minus(RECENT);
        List<AuditRepository.Standing> moved =
                SERVICES.stream()
                        .flatMap(service -> heads(service, since))
                        .filter(other ->
                                other.chain() != mine
                                        || !other.service().equals(repository.schema()))
                        .filter(other -> known.getOrDefault(name(other), -1L) < other.head().seq())
                        .toList();
        if (moved.isEmpty()) {
            return;
        }
        var heads = new JsonArray();
        moved.forEach(other ->
                heads.add(
                        new JsonObject()
                                .put("service", other.service())
                                .put("chain", other.chain())
                                .put("seq", other.head().seq())
                                .put("hash", HexFormat.of().formatHex(other.head().hash()))));
        chain.record(
                Entry.now(Context.SERVICE, ACTION, null, Entry.OK, UUID.randomUUID())
                        .with(new JsonObject().put("heads", heads).encode()));
        moved.forEach(other -> known.put(name(other), other.head().seq()));
    }

    private Stream<AuditRepository.Standing> heads(String service, Instant since) {
        return repository.heads(service, since).stream();
    }

    private static String name(AuditRepository.Standing other) {
        return other.service() + "/" + other.chain();
    }
}
