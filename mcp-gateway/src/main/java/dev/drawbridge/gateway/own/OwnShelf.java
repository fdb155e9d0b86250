package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.problem.ProblemException;

import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What all tenants define of a kind, in memory, from files and from the datastore. [OwnShelves]
/// keeps it up to date.
public abstract class OwnShelf<D extends OwnDefinition, T extends OwnItem> {
    private static final Logger LOG = Logger.getLogger(OwnShelf.class);

    private final OwnKind<D, T> kind;
    private final OwnShelfParts parts;
    private final OwnFileEntries<D, T> files;
    private final ExecutorService inOrder;
    private volatile Map<String, Map<String, T>> tenants = Map.of();
    private volatile List<OwnEntry<D, T>> all = List.of();
    private List<OwnEntry<D, T>> fromFiles = List.of();
    private List<OwnEntry<D, T>> stored = List.of();
    private long fingerprint = -1;

    protected OwnShelf(OwnKind<D, T> kind, OwnShelfParts parts) {
        this.kind = kind;
        this.parts = parts;
        this.files = new OwnFileEntries<>(kind, parts.json());
        this.inOrder =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().name(topic()).factory());
    }

    /// Those of a tenant that can be used, by name.
    protected final Map<String, T> items(String tenant) {
        return tenants.getOrDefault(tenant, Map.of());
    }

    final OwnKind<D, T> kind() {
        return kind;
    }

    /// Everything that was defined for a tenant, by name.
    final List<OwnEntry<D, T>> entries(String tenant) {
        return all.stream()
                .filter(one -> one.tenant().equals(tenant))
                .sorted(
                        Comparator.<OwnEntry<D, T>, String>comparing(OwnEntry::name)
                                .thenComparing(OwnEntry::source))
                .toList();
    }

    /// What is called so; one that can be used before one that cannot.
    final Optional<OwnEntry<D, T>> entry(String tenant, String name) {
        return entries(tenant).stream()
                .filter(one -> one.name().equals(name))
                .min(Comparator.comparing(one -> one.item() == null));
    }

    /// Whether something else of the tenant has what only one may have.
    ///
    /// @return what it is, in words
    final Optional<String> taken(String tenant, D wanted) {
        List<OwnKind.Key> keys = kind.keys(wanted);
        return entries(tenant).stream()
                .map(OwnEntry::definition)
                .filter(Objects::nonNull)
                .filter(other -> !other.name().equals(wanted.name()))
                .flatMap(other -> kind.keys(other).stream())
                .filter(keys::contains)
                .map(OwnKind.Key::what)
                .findFirst();
    }

    /// What replicas tell each other of changes under.
    final String topic() {
        return "own-" + kind.word() + "s";
    }

    /// Looks soon whether anything is not as it was.
    final void lookSoon() {
        inOrder.execute(this::look);
    }

    /// Takes what files say now. A database that does not answer holds up nobody but this.
    final void follow(OwnFilesChanged changed) {
        inOrder.execute(() -> take(files.of(changed.of(kind.word()))));
    }

    final void stop() {
        inOrder.shutdownNow();
    }

    private void look() {
        try {
            if (fingerprint() != parts.repository().fingerprint(kind)) {
                load();
            }
        } catch (ProblemException unavailable) {
            LOG.warnf("Own %ss are as they were: %s", kind.word(), unavailable.getMessage());
        }
        if (files.areWaiting()) {
            take(files.again());
        }
    }

    private synchronized long fingerprint() {
        return fingerprint;
    }

    private synchronized void take(List<OwnEntry<D, T>> now) {
        fromFiles = now;
        publish();
    }

    /// Reads the stored ones anew. Blocks.
    final synchronized void load() {
        long now = parts.repository().fingerprint(kind);
        Map<OwnStored<D>, OwnEntry<D, T>> before = new HashMap<>();
        stored.forEach(one -> before.put(Objects.requireNonNull(one.stored()), one));
        stored =
                parts.repository().list(kind).stream()
                        .map(one -> before.containsKey(one) ? before.get(one) : entry(one))
                        .toList();
        fingerprint = now;
        publish();
    }

    private OwnEntry<D, T> entry(OwnStored<D> one) {
        T item = kind.make(one.tenant(), one.definition(), one.described());
        return new OwnEntry<>(one.tenant(), OwnEntry.API, one.definition(), one, item, null);
    }

    /// A file goes before the API, the first of two files before the second.
    private void publish() {
        Map<String, Map<String, T>> now = new HashMap<>();
        Map<String, Map<OwnKind.Key, String>> sources = new HashMap<>();
        List<OwnEntry<D, T>> entries = new ArrayList<>();
        List<OwnEntry<D, T>> either = new ArrayList<>(fromFiles);
        either.addAll(stored);
        for (OwnEntry<D, T> one : either) {
            OwnEntry<D, T> judged =
                    judged(one, sources.computeIfAbsent(one.tenant(), _ -> new HashMap<>()));
            entries.add(judged);
            T item = judged.item();
            if (item != null) {
                now.computeIfAbsent(one.tenant(), _ -> new TreeMap<>()).put(one.name(), item);
            }
        }
        all = List.copyOf(entries);
        exchange(now);
    }

    /// The same, or why it is not to be used because of those before it.
    ///
    /// @param sources of those, by what they have
    private OwnEntry<D, T> judged(OwnEntry<D, T> one, Map<OwnKind.Key, String> sources) {
        D definition = one.definition();
        if (definition == null || one.item() == null) {
            return one;
        }
        if (kind.isBuiltIn(one.name())) {
            return one.without("There is a built-in %s of that name.".formatted(kind.word()));
        }
        List<OwnKind.Key> keys = kind.keys(definition);
        for (OwnKind.Key key : keys) {
            String winner = sources.get(key);
            if (winner != null) {
                String has = winner.equals(OwnEntry.API) ? "There is" : "A file defines";
                return one.without("%s a %s of that %s.".formatted(has, kind.word(), key.what()));
            }
        }
        keys.forEach(key -> sources.put(key, one.source()));
        return one;
    }

    private void exchange(Map<String, Map<String, T>> now) {
        Map<String, Map<String, T>> before = tenants;
        tenants = Map.copyOf(now);
        Set<String> either = new TreeSet<>(before.keySet());
        either.addAll(now.keySet());
        for (String tenant : either) {
            Map<String, T> theirs = before.getOrDefault(tenant, Map.of());
            if (!theirs.equals(items(tenant))) {
                parts.changes().tell(kind.changed(new Audience.OfTenant(tenant)));
                exchanged(tenant, theirs);
            }
        }
    }

    /// Called when a tenant has others than before.
    protected void exchanged(String tenant, Map<String, T> before) {}
}
