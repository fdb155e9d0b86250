package dev.drawbridge.local.process;

import dev.drawbridge.local.report.LaunchException;

import java.time.Duration;

/// Waits between two looks at something that nobody announces.
public final class Pause {
    private Pause() {}

    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted.");
        }
    }
}
