package dev.drawbridge.gateway.pool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.identity.AgentClass;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a connection wants to be otherwise for its callers than the configuration says.
///
/// @param dedicated whether each token gets sessions that no other uses
/// @param classes by the class that they are for
public record PoolRules(boolean dedicated, Map<AgentClass, ClassRule> classes) {
    public static final PoolRules NONE = new PoolRules(false, Map.of());

    public PoolRules {
        classes = Map.copyOf(classes);
    }

    /// Reads what an administrator wrote.
    @JsonCreator
    public static PoolRules of(
            @JsonProperty("dedicated") @Nullable Boolean dedicated,
            @JsonProperty("classes") @Nullable Map<AgentClass, ClassRule> classes) {
        return new PoolRules(Boolean.TRUE.equals(dedicated), classes == null ? Map.of() : classes);
    }
}
