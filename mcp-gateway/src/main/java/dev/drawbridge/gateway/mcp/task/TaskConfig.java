package dev.drawbridge.gateway.mcp.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// When a call becomes a task, for clients that take tasks.
@ConfigMapping(prefix = "gateway.mcp.task")
public interface TaskConfig {
    /// A call that has no answer by then becomes a task.
    @WithDefault("5s")
    Duration after();

    /// How long a task can be asked for, from its beginning.
    @WithDefault("15M")
    Duration lifetime();

    /// How often a client should ask.
    @WithDefault("1s")
    Duration pollInterval();

    /// How many tasks one caller may have at a time. A further call is answered on its connection.
    @WithDefault("20")
    int perCaller();
}
