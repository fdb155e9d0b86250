package dev.drawbridge.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// The audit of a service.
@ConfigMapping(prefix = "audit")
public interface AuditConfig {
    /// The schema that holds it; set by the service itself.
    String schema();

    /// How often the heads of all other chains are recorded in one's own. What was cut off since
    /// then, head included, cannot be proved.
    @WithDefault("1m")
    Duration anchorEvery();
}
