package dev.drawbridge.gateway.tool.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.connection.Waiting;
import dev.drawbridge.gateway.own.OwnDocument;
import dev.drawbridge.gateway.own.OwnDocuments;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Makes tools of files' documents. One is a tool once its database has described it; until then it
/// is tried again and again.
@Singleton
final class FileTools {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OwnToolCheck check;
    private final OwnToolParts parts;
    private final ObjectMapper json;
    private Map<OwnDocument, OwnEntry> entries = new HashMap<>();
    private List<OwnDocument> documents = List.of();
    private long tried;

    FileTools(OwnToolCheck check, OwnToolParts parts, ObjectMapper json) {
        this.check = check;
        this.parts = parts;
        this.json = json;
    }

    /// What the documents are. Waits for databases, for all of them at once.
    synchronized List<OwnEntry> of(List<OwnDocument> all) {
        Map<OwnDocument, OwnEntry> before = entries;
        documents = List.copyOf(all);
        List<Supplier<OwnEntry>> asked = new ArrayList<>();
        for (OwnDocument document : documents) {
            OwnEntry known = before.get(document);
            asked.add(known != null && known.tool() != null ? () -> known : ask(document));
        }
        List<OwnEntry> answered = asked.stream().map(Supplier::get).toList();
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
                        .anyMatch(one -> one.tool() == null && one.definition() != null);
    }

    /// Tries those again. Waits for databases.
    synchronized List<OwnEntry> again() {
        return of(documents);
    }

    private Supplier<OwnEntry> ask(OwnDocument document) {
        OwnToolDefinition definition;
        try {
            definition = json.treeToValue(document.body(), OwnToolDefinition.class);
        } catch (JsonProcessingException unreadable) {
            String problem = OwnDocuments.reason(unreadable);
            return () -> entry(document, null, null, problem);
        }
        Future<Described> asked = described(document.tenant(), definition);
        return () -> {
            try {
                Described described = Waiting.on(asked);
                var tool = new OwnTool(document.tenant(), definition, described, parts);
                return entry(document, definition, tool, null);
            } catch (ProblemException refused) {
                return entry(document, definition, null, String.valueOf(refused.getMessage()));
            }
        };
    }

    private Future<Described> described(String tenant, OwnToolDefinition definition) {
        try {
            return check.check(tenant, definition);
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static OwnEntry entry(
            OwnDocument document,
            @Nullable OwnToolDefinition definition,
            @Nullable OwnTool tool,
            @Nullable String problem) {
        return new OwnEntry(document.tenant(), document.source(), definition, null, tool, problem);
    }
}
