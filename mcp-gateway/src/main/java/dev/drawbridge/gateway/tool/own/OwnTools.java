package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.own.OwnFilesChanged;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolSource;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The own tools of all tenants in memory, from files and from the datastore. Another replica tells
/// of its changes; one that it could not tell of is seen within [#REFRESH_MS].
@Singleton
public final class OwnTools implements ToolSource {
    private static final Logger LOG = Logger.getLogger(OwnTools.class);
    private static final long REFRESH_MS = 2_000;
    private static final String TOPIC = "own-tools";

    private final OwnToolRepository repository;
    private final FileTools files;
    private final OwnToolParts parts;
    private final Set<String> builtIn;
    private final Changes changes;
    private final ReplicaBus replicas;
    private final Vertx vertx;
    private final ExecutorService inOrder =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("own-tools").factory());
    private volatile Map<String, Theirs> tenants = Map.of();
    private volatile List<OwnEntry> all = List.of();
    private List<OwnEntry> fromFiles = List.of();
    private List<OwnEntry> stored = List.of();
    private long fingerprint = -1;

    /// What a tenant has.
    private record Theirs(Map<String, OwnTool> byName, List<Tool> list) {
        static final Theirs NONE = new Theirs(Map.of(), List.of());

        static Theirs of(Map<String, OwnTool> byName) {
            return new Theirs(byName, List.copyOf(byName.values()));
        }
    }

    OwnTools(
            OwnToolRepository repository,
            FileTools files,
            OwnToolParts parts,
            @All List<Tool> builtIn,
            Changes changes,
            ReplicaBus replicas,
            Vertx vertx) {
        this.repository = repository;
        this.files = files;
        this.parts = parts;
        this.builtIn =
                builtIn.stream().map(tool -> tool.definition().name()).collect(Collectors.toSet());
        this.changes = changes;
        this.replicas = replicas;
        this.vertx = vertx;
    }

    /// After connections are known, and before files are read.
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 1_100) StartupEvent event) {
        load();
        replicas.hear(TOPIC, _ -> inOrder.execute(this::look));
        vertx.setPeriodic(REFRESH_MS, _ -> inOrder.execute(this::look));
    }

    @PreDestroy
    void stop() {
        inOrder.shutdownNow();
    }

    @Override
    public List<Tool> tools(String tenant) {
        return tenants.getOrDefault(tenant, Theirs.NONE).list();
    }

    @Override
    public @Nullable Tool tool(String tenant, String name) {
        return tenants.getOrDefault(tenant, Theirs.NONE).byName().get(name);
    }

    /// Whether a built-in tool has that name.
    boolean isBuiltIn(String name) {
        return builtIn.contains(name);
    }

    /// Everything that was defined for a tenant, by name.
    List<OwnEntry> entries(String tenant) {
        return all.stream()
                .filter(one -> one.tenant().equals(tenant))
                .sorted(Comparator.comparing(OwnEntry::name).thenComparing(OwnEntry::source))
                .toList();
    }

    /// Reads the stored ones anew, and tells the other replicas to. Blocks.
    void refresh() {
        load();
        replicas.publish(TOPIC, new JsonObject());
    }

    /// Behind the start: a database that does not answer does not hold it up.
    void follow(@Observes OwnFilesChanged changed) {
        inOrder.execute(() -> take(files.of(changed.of("tool"))));
    }

    private synchronized void take(List<OwnEntry> now) {
        fromFiles = now;
        publish();
    }

    private void look() {
        try {
            if (fingerprint() != repository.fingerprint()) {
                load();
            }
        } catch (ProblemException unavailable) {
            LOG.warnf("Own tools are as they were: %s", unavailable.getMessage());
        }
        if (files.areWaiting()) {
            take(files.again());
        }
    }

    private synchronized long fingerprint() {
        return fingerprint;
    }

    private synchronized void load() {
        long now = repository.fingerprint();
        Map<StoredTool, OwnEntry> before = new HashMap<>();
        stored.forEach(one -> before.put(Objects.requireNonNull(one.stored()), one));
        stored =
                repository.list().stream()
                        .map(one -> before.containsKey(one) ? before.get(one) : entry(one))
                        .toList();
        fingerprint = now;
        publish();
    }

    private OwnEntry entry(StoredTool one) {
        return new OwnEntry(
                one.tenant(),
                OwnEntry.API,
                one.definition(),
                one,
                new OwnTool(one.tenant(), one.definition(), one.described(), parts),
                null);
    }

    /// A file goes before the API, the first of two files before the second.
    private void publish() {
        Map<String, Map<String, OwnTool>> now = new TreeMap<>();
        List<OwnEntry> entries = new ArrayList<>();
        List<OwnEntry> either = new ArrayList<>(fromFiles);
        either.addAll(stored);
        for (OwnEntry one : either) {
            OwnTool tool = one.tool();
            if (tool == null) {
                entries.add(one);
            } else if (isBuiltIn(one.name())) {
                entries.add(one.without("There is a built-in tool of that name."));
            } else if (now.computeIfAbsent(one.tenant(), _ -> new TreeMap<>())
                            .putIfAbsent(one.name(), tool)
                    != null) {
                entries.add(one.without("A file defines a tool of that name."));
            } else {
                entries.add(one);
            }
        }
        all = List.copyOf(entries);
        exchange(now);
    }

    private void exchange(Map<String, Map<String, OwnTool>> now) {
        Map<String, Theirs> before = tenants;
        Map<String, Theirs> after = new HashMap<>();
        now.forEach((tenant, tools) -> after.put(tenant, Theirs.of(tools)));
        tenants = Map.copyOf(after);
        Set<String> either = new TreeSet<>(before.keySet());
        either.addAll(after.keySet());
        for (String tenant : either) {
            if (!before.getOrDefault(tenant, Theirs.NONE)
                    .equals(after.getOrDefault(tenant, Theirs.NONE))) {
                changes.tell(new Change.Tools(new Audience.OfTenant(tenant)));
            }
        }
    }
}
