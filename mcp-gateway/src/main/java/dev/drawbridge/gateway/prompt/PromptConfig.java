package dev.drawbridge.gateway.prompt;

import io.smallrye.config.ConfigMapping;

import java.util.Optional;
import java.util.Set;

/// Which prompts there are.
@ConfigMapping(prefix = "gateway.prompt")
public interface PromptConfig {
    /// Names of built-in prompts that are not to be there for anybody. One that there is not stops
    /// the start.
    Optional<Set<String>> off();
}
