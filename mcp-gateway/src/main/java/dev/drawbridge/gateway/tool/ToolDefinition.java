package dev.drawbridge.gateway.tool;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// What a tool says of itself to a model. Part of the public API: a snapshot guards it.
///
/// @param inputSchema JSON Schema 2020-12 of the arguments; unknown ones are refused
/// @param outputSchema JSON Schema 2020-12 of the structured answer; null if there is none
/// @param asks whether it may ask the client before it answers
/// @param features groups that it is in, by the names of [Features] or others
public record ToolDefinition(
        String name,
        String title,
        String description,
        JsonObject inputSchema,
        @Nullable JsonObject outputSchema,
        Hints hints,
        boolean asks,
        Set<String> features) {

    public ToolDefinition {
        features = Set.copyOf(features);
    }

    /// One that never asks.
    public ToolDefinition(
            String name,
            String title,
            String description,
            JsonObject inputSchema,
            JsonObject outputSchema,
            Hints hints,
            Set<String> features) {
        this(name, title, description, inputSchema, outputSchema, hints, false, features);
    }

    /// The four hints of MCP, each set on purpose.
    ///
    /// @param openWorld whether what comes back may have been written by anyone
    public record Hints(
            boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        /// Reads the state of our own system.
        public static final Hints READS = new Hints(true, false, true, false);

        /// Reads rows that others wrote.
        public static final Hints READS_ROWS = new Hints(true, false, true, true);

        /// Changes rows, and reads those that others wrote.
        public static final Hints WRITES_ROWS = new Hints(false, true, false, true);
    }
}
