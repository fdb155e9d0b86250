package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Makes of documents what they define. One that defines nothing is logged, and the others go on.
@Singleton
public final class OwnDocuments {
    private static final Logger LOG = Logger.getLogger(OwnDocuments.class);

    private final ObjectMapper json;

    OwnDocuments(ObjectMapper json) {
        this.json = json;
    }

    /// What documents define, by tenant, the first of each name.
    ///
    /// @param form as it is written
    /// @param made of that; may refuse it
    /// @param name that no other of the tenant's may have
    public <F, T> Map<String, List<T>> read(
            List<OwnDocument> documents,
            Class<F> form,
            Function<F, T> made,
            Function<T, String> name) {
        Map<String, List<T>> tenants = new HashMap<>();
        for (OwnDocument document : documents) {
            try {
                T one = made.apply(json.treeToValue(document.body(), form));
                List<T> theirs = tenants.computeIfAbsent(document.tenant(), _ -> new ArrayList<>());
                if (theirs.stream().map(name).anyMatch(name.apply(one)::equals)) {
                    LOG.warnf("%s is left out: there is one of that name", document.source());
                } else {
                    theirs.add(one);
                }
            } catch (JsonProcessingException | ProblemException refused) {
                LOG.warnf("%s is left out: %s", document.source(), reason(refused));
            }
        }
        return tenants;
    }

    /// Tenants that have something else than before.
    public static Set<String> changed(Map<String, ?> before, Map<String, ?> now) {
        Set<String> either = new TreeSet<>(before.keySet());
        either.addAll(now.keySet());
        either.removeIf(
                tenant -> before.containsKey(tenant) && before.get(tenant).equals(now.get(tenant)));
        return either;
    }

    /// Why something is no definition.
    public static String reason(Exception refused) {
        Throwable told = refused.getCause() instanceof ProblemException why ? why : refused;
        return told instanceof JsonProcessingException malformed
                ? String.valueOf(malformed.getOriginalMessage())
                : String.valueOf(told.getMessage());
    }
}
