package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeLock;
import dev.drawbridge.local.process.Child;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.process.Pause;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.Progress;
import dev.drawbridge.local.summary.Summary;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// The launcher's own life: Ctrl-C while it starts undoes the start; afterwards it stops
/// everything, or, when the suite was to be left running, nothing.
final class Foreground {
    /// The name that a launcher which stays is on record with.
    static final String NAME = "launcher";

    private static final Duration POLL = Duration.ofMillis(500);

    private final Home home;
    private final Children children;
    private final Launch launch;
    private final Progress progress;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    private enum Phase {
        STARTING,
        WATCHING,
        LEFT
    }

    Foreground(Home home, Children children, Launch launch, Progress progress) {
        this.home = home;
        this.children = children;
        this.launch = launch;
        this.progress = progress;
    }

    void stopOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    private void stop() {
        switch (phase.getAndSet(Phase.LEFT)) {
            case STARTING -> launch.undo();
            case WATCHING -> stopEverything();
            case LEFT -> {}
        }
    }

    /// Leaves nothing behind when it fails.
    Summary launch() {
        try {
            return launch.run();
        } catch (RuntimeException failure) {
            if (phase.getAndSet(Phase.LEFT) != Phase.STARTING) {
                throw new LaunchException("Stopped while it was starting.", failure);
            }
            launch.undo();
            throw failure;
        }
    }

    /// The start is over. From now on the suite lives without the launcher, or dies with it.
    void settle(boolean leave) {
        if (leave) {
            phase.set(Phase.LEFT);
        } else {
            children.record(NAME, ProcessHandle.current(), "");
            phase.set(Phase.WATCHING);
        }
    }

    /// Returns, with an exit code, when the suite is taken down by another command (0), or by the
    /// death of one of its processes (1).
    int watch() {
        progress.say("Ctrl-C stops everything.");
        List<Child> watched = children.all();
        while (true) {
            Pause.of(POLL);
            for (Child child : watched) {
                if (!child.isAlive()) {
                    return ended(child);
                }
            }
        }
    }

    private int ended(Child child) {
        if (!children.isRecorded(child)) {
            phase.set(Phase.LEFT);
            children.forget(NAME);
            return 0;
        }
        phase.set(Phase.LEFT);
        progress.say(
                "%s ended by itself (its log: %s); stopping the rest."
                        .formatted(child.name(), home.log(child.name())));
        stopEverything();
        return 1;
    }

    private void stopEverything() {
        children.forget(NAME);
        try (var _ = HomeLock.take(home, progress)) {
            new Teardown(home, children, progress).stopEverything();
        } catch (LaunchException failure) {
            progress.say("drawbridge: " + failure.getMessage());
        }
    }
}
