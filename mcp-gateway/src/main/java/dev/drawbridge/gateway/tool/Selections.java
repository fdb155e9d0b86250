package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.MultiMap;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads what a client chose of the tools: `features` (names with commas between them), `read_only`
/// (true or false), `connection` (id or name). Whatever it does not know it refuses: who misspells
/// `read_only` must not be let write.
@Singleton
public final class Selections {
    private static final String FEATURES = "features";
    private static final String READ_ONLY = "read_only";
    private static final String CONNECTION = "connection";

    /// Characters of a name that is not there, at most.
    private static final int SHOWN = 40;

    private static final Set<String> KNOWN = Set.of(FEATURES, READ_ONLY, CONNECTION);

    private final Tools tools;
    private final Connections connections;

    Selections(Tools tools, Connections connections) {
        this.tools = tools;
        this.connections = connections;
    }

    /// What a caller chose.
    ///
    /// @param parameters of the URL, decoded
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`; `NOT_FOUND` for a
    ///   connection that the caller does not see
    public Selection of(Caller caller, MultiMap parameters) {
        for (String name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw invalid(
                        name, "is not a parameter; there are connection, features, read_only");
            }
        }
        return new Selection(
                features(caller, parameters), readOnly(parameters), connection(caller, parameters));
    }

    private Set<String> features(Caller caller, MultiMap parameters) {
        String chosen = single(parameters, FEATURES);
        if (chosen == null) {
            return Set.of();
        }
        var names = new TreeSet<>(List.of(chosen.split(",", -1)));
        Set<String> known = tools.features(caller);
        for (String name : names) {
            if (!known.contains(name)) {
                throw invalid(
                        FEATURES,
                        "there is no " + quoted(name) + "; there are " + String.join(", ", known));
            }
        }
        return names;
    }

    private static boolean readOnly(MultiMap parameters) {
        return switch (single(parameters, READ_ONLY)) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(READ_ONLY, "must be true or false");
        };
    }

    private @Nullable String connection(Caller caller, MultiMap parameters) {
        String wanted = single(parameters, CONNECTION);
        if (wanted == null) {
            return null;
        }
        if (wanted.isBlank()) {
            throw invalid(CONNECTION, "is empty; give an id or a name, or leave it out");
        }
        return connections.visible(caller).stream()
                .filter(one -> one.name().equals(wanted) || one.id().toString().equals(wanted))
                .map(Connection::id)
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound("connection", wanted).exception())
                .toString();
    }

    private static @Nullable String single(MultiMap parameters, String name) {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            throw invalid(name, "is there more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static String quoted(String name) {
        return '"' + name.substring(0, Math.min(name.length(), SHOWN)) + '"';
    }

    private static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
