package dev.drawbridge.gateway.tool;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.quarkus.arc.All;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tools that there are: the built-in ones, and those of a tenant.
@Singleton
final class Registry {
    private static final Comparator<RegisteredTool> BY_NAME =
            Comparator.comparing(tool -> tool.definition().name());

    private final Map<String, RegisteredTool> builtIn;
    private final List<RegisteredTool> inOrder;
    private final List<ToolSource> sources;

    /// Of tools that come and go; they are kept as long as somebody else keeps them.
    private final LoadingCache<Tool, RegisteredTool> others =
            Caffeine.newBuilder().weakKeys().build(RegisteredTool::of);

    Registry(@All List<Tool> tools, @All List<ToolSource> sources, ToolConfig config) {
        List<String> names = tools.stream().map(tool -> tool.definition().name()).toList();
        Set<String> off = SwitchedOff.of("gateway.tool.off", config.off().orElse(Set.of()), names);
        this.inOrder =
                tools.stream()
                        .filter(tool -> !off.contains(tool.definition().name()))
                        .map(RegisteredTool::of)
                        .sorted(BY_NAME)
                        .toList();
        this.builtIn =
                inOrder.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        tool -> tool.definition().name(), Function.identity()));
        this.sources = sources;
    }

    /// The built-in ones by name.
    List<RegisteredTool> builtIn() {
        return inOrder;
    }

    /// All that somebody of the tenant could use, by name.
    List<RegisteredTool> of(String tenant) {
        List<RegisteredTool> theirs =
                sources.stream()
                        .<Tool>flatMap(source -> source.tools(tenant).stream())
                        .map(others::get)
                        .filter(tool -> !builtIn.containsKey(tool.definition().name()))
                        .toList();
        return theirs.isEmpty()
                ? inOrder
                : Stream.concat(inOrder.stream(), theirs.stream()).sorted(BY_NAME).toList();
    }

    @Nullable RegisteredTool find(String tenant, String name) {
        RegisteredTool ours = builtIn.get(name);
        if (ours != null) {
            return ours;
        }
        for (ToolSource source : sources) {
            Tool theirs = source.tool(tenant, name);
            if (theirs != null) {
                return others.get(theirs);
            }
        }
        return null;
    }
}
