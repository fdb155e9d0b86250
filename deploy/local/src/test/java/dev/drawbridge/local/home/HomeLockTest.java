package dev.drawbridge.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.local.report.Progress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

class HomeLockTest {
    @TempDir private Path folder;

    /// Ctrl-C comes while `up` holds the lock still: the thread that stops all takes it as well.
    @Test
    void lets_threads_of_one_launcher_take_turns() {
        var home = Home.open(folder, folder);
        var said = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), false);
        var first = HomeLock.take(home, progress);

        var second = CompletableFuture.supplyAsync(() -> HomeLock.take(home, progress));
        while (!said.toString(StandardCharsets.UTF_8).contains("waiting")) {
            assertThat(second).isNotCompletedExceptionally();
            Thread.onSpinWait();
        }
        first.close();

        second.join().close();
    }
}
