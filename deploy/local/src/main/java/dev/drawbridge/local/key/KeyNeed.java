package dev.drawbridge.local.key;

import dev.drawbridge.local.service.ServiceSpec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What keys are needed for, as all services say together.
final class KeyNeed {
    private KeyNeed() {}

    /// Why a key has to stay; empty when it may go. Who does not run cannot say, so the key stays.
    ///
    /// @param ids in the order of the file
    static Optional<String> of(String id, List<String> ids, Map<String, KeyState> states) {
        if (ids.getFirst().equals(id)) {
            return Optional.of("It seals.");
        }
        for (String service : ServiceSpec.names()) {
            KeyState state = states.get(service);
            if (state == null) {
                return Optional.of(service + " does not run, and cannot say what it needs.");
            }
            var need = in(state, id);
            if (need.isPresent()) {
                return Optional.of(service + ": " + need.get());
            }
        }
        return Optional.empty();
    }

    /// For people: each key with each service, and what is wrong.
    static List<String> lines(List<String> ids, Map<String, KeyState> states) {
        List<String> lines = new ArrayList<>();
        lines.add(line("KEY", "SERVICE", "NEEDED BECAUSE"));
        Set<String> all = new LinkedHashSet<>(ids);
        states.values().forEach(state -> state.keys().forEach(key -> all.add(key.id())));
        for (String id : all) {
            states.forEach(
                    (service, state) -> lines.add(line(id, service, in(state, id).orElse("-"))));
        }
        if (states.isEmpty()) {
            ids.forEach(id -> lines.add(line(id, "-", "No service runs.")));
        }
        states.forEach((service, state) -> {
            if (state.code() != null) {
                lines.add("%s: %s: %s".formatted(service, state.code(), state.detail()));
            }
        });
        return lines;
    }

    /// A service that has not read the file since the key was added knows nothing of it.
    private static Optional<String> in(KeyState state, String id) {
        return state.keys().stream()
                .filter(key -> key.id().equals(id) && key.needed())
                .map(KeyState.Key::why)
                .findFirst();
    }

    private static String line(String key, String service, String need) {
        return "%-6s  %-14s  %s".formatted(key, service, need);
    }
}
