package dev.drawbridge.gateway.prompt;

import dev.drawbridge.gateway.tool.SwitchedOff;

import io.quarkus.arc.All;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The prompts that come with the gateway.
@Singleton
public final class BuiltInPrompts {
    private final List<Prompt> on;
    private final Set<String> taken;

    BuiltInPrompts(Runbooks runbooks, @All List<Prompt> others, PromptConfig config) {
        List<Prompt> all = Stream.concat(runbooks.all().stream(), others.stream()).toList();
        this.taken = all.stream().map(Prompt::name).collect(Collectors.toUnmodifiableSet());
        Set<String> off =
                SwitchedOff.of("gateway.prompt.off", config.off().orElse(Set.of()), taken);
        this.on =
                all.stream()
                        .filter(it -> !off.contains(it.name()))
                        .sorted(Comparator.comparing(Prompt::name))
                        .toList();
    }

    /// Those that are not switched off, by name.
    List<Prompt> on() {
        return on;
    }

    /// Whether one has that name, be it switched off.
    public boolean isTaken(String name) {
        return taken.contains(name);
    }
}
