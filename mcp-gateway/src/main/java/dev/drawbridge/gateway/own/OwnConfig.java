package dev.drawbridge.gateway.own;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/// Where own tools, resources and prompts are.
@ConfigMapping(prefix = "gateway.own")
public interface OwnConfig {
    /// A folder of YAML files that define own tools, resources and prompts; read again when one
    /// changes. None if left out.
    Optional<Path> folder();
}
