package dev.drawbridge.audit;

import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/// Has partitions made ahead and expired ones dropped, once an hour. The owner's functions do it:
/// this role may do neither, and cannot say how long is kept.
@Singleton
public final class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final long EVERY_MS = Duration.ofHours(1).toMillis();

    private final Db db;
    private final AuditRepository repository;
    private final AuditChain chain;
    private final SecretBox secrets;

    @Inject
    Upkeep(Db db, AuditRepository repository, AuditChain chain, SecretBox secrets) {
        this.db = db;
        this.repository = repository;
        this.chain = chain;
        this.secrets = secrets;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        vertx.setPeriodic(1_000, EVERY_MS, _ -> executor.execute(this::tryRun));
    }

    private void tryRun() {
        try {
            run();
        } catch (ProblemException unavailable) {
            LOG.warnf("The audit's upkeep waits for the datastore: %s", unavailable.getMessage());
        }
    }

    /// Partitions for the months to come; for each month that was dropped, sealed checkpoints of
    /// where the chains stood at its end.
    void run() {
        repository.maintain();
        int ours = chain.open();
        db.transaction(() -> {
            List<AuditRepository.Ended> ended = repository.expire();
            ended.forEach(end ->
                    repository.addCheckpoint(
                            end, end.head().seal(secrets, repository.schema(), end.chain())));
            if (!ended.isEmpty()) {
                chain.record(expired(ended));
            }
            return ours;
        });
    }

    private static Entry expired(List<AuditRepository.Ended> ended) {
        var months = new JsonArray();
        ended.stream().map(end -> end.month().toString()).distinct().forEach(months::add);
        return Entry.now(Context.SERVICE, "audit.expire", null, Entry.OK, UUID.randomUUID())
                .with(new JsonObject().put("months", months).encode());
    }
}
