package dev.drawbridge.local;

import dev.drawbridge.local.home.HomeLock;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.process.Children;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Duration;
import java.util.concurrent.Callable;

@Command(name = "down", description = "Stops everything; data stay.")
final class DownCommand implements Callable<Integer> {
    /// A launcher in the foreground stops the services, each in its own patience, and PostgreSQL.
    private static final Duration LAUNCHER_PATIENCE = Duration.ofMinutes(6);

    @Mixin private final HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        var opened = home.open();
        var progress = HomeOption.progress();
        var children = new Children(opened);
        var launcher = children.find(Foreground.NAME);
        launcher.ifPresent(it -> children.stop(it, "TERM", LAUNCHER_PATIENCE));
        try (var _ = HomeLock.take(opened, progress)) {
            boolean stopped = new Teardown(opened, children, progress).stopEverything();
            if (!stopped) {
                progress.say(launcher.isPresent() ? "Stopped." : "Nothing was running.");
            }
        }
        return 0;
    }
}
