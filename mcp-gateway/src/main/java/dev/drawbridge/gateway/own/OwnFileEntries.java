package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.connection.Waiting;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What files' documents of a kind define. One can be used once its database has described it;
/// until then it is tried again and again.
final class OwnFileEntries<D extends OwnDefinition, T extends OwnItem> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OwnKind<D, T> kind;
    private final ObjectMapper json;
    private Map<OwnDocument, OwnEntry<D, T>> entries = new HashMap<>();
    private List<OwnDocument> documents = List.of();
    private long tried;

    OwnFileEntries(OwnKind<D, T> kind, ObjectMapper json) {
        this.kind = kind;
        this.json = json;
    }

    /// What the documents are. Waits for databases, for all of them at once.
    synchronized List<OwnEntry<D, T>> of(List<OwnDocument> all) {
        Map<OwnDocument, OwnEntry<D, T>> before = entries;
        documents = List.copyOf(all);
        List<Supplier<OwnEntry<D, T>>> asked = new ArrayList<>();
        for (OwnDocument document : documents) {
            OwnEntry<D, T> known = before.get(document);
            asked.add(known != null && known.item() != null ? () -> known : ask(document));
        }
        List<OwnEntry<D, T>> answered = asked.stream().map(Supplier::get).toList();
        entries = new HashMap<>();
        for (int i = 0; i < answered.size(); i++) {
            entries.put(documents.get(i), answered.get(i));
        }
        tried = System.nanoTime();
        return answered;
    }

    /// Whether some are to be tried again.
    synchronized boolean areWaiting() {
        return System.nanoTime() - tried > PATIENCE.toNanos()
                && entries.values().stream()
                        .anyMatch(one -> one.item() == null && one.definition() != null);
    }

    /// Tries those again. Waits for databases.
    synchronized List<OwnEntry<D, T>> again() {
        return of(documents);
    }

    private Supplier<OwnEntry<D, T>> ask(OwnDocument document) {
        D definition;
        try {
            definition = json.treeToValue(document.body(), kind.form());
        } catch (JsonProcessingException unreadable) {
            String problem = reason(unreadable);
            return () -> entry(document, null, null, problem);
        }
        Future<Described> asked = described(document.tenant(), definition);
        return () -> {
            try {
                T item = kind.make(document.tenant(), definition, Waiting.on(asked));
                return entry(document, definition, item, null);
            } catch (ProblemException refused) {
                return entry(document, definition, null, String.valueOf(refused.getMessage()));
            }
        };
    }

    private Future<Described> described(String tenant, D definition) {
        try {
            return kind.check(tenant, definition);
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    private OwnEntry<D, T> entry(
            OwnDocument document,
            @Nullable D definition,
            @Nullable T item,
            @Nullable String problem) {
        return new OwnEntry<>(
                document.tenant(), document.source(), definition, null, item, problem);
    }

    private static String reason(JsonProcessingException malformed) {
        return malformed.getCause() instanceof ProblemException why
                ? String.valueOf(why.getMessage())
                : String.valueOf(malformed.getOriginalMessage());
    }
}
