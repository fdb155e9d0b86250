package dev.drawbridge.gateway.plan;

import io.vertx.core.json.JsonArray;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Plans that real servers made, of `stock.part` (100,000 rows) and `stock.line` (200,000).
final class PlanFile {
    private PlanFile() {}

    /// @param name with the server's version: `lossy-15`
    static Plan read(String name) {
        try (var file = PlanFile.class.getResourceAsStream(name + ".json")) {
            if (file == null) {
                throw new IllegalArgumentException(name);
            }
            return Plan.of(new JsonArray(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
