package dev.drawbridge.local.process;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of a home, by name, each recorded in `run/<name>.pid`.
public final class Children {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String SUFFIX = ".pid";
    private static final long LARGE_LOG_BYTES = 10_000_000;

    private final Home home;
    private boolean startsRefused;

    public Children(Home home) {
        this.home = home;
    }

    /// The living process of that name; the record of a dead one is swept away.
    public Optional<Child> find(String name) {
        var child = Child.read(name, pidFile(name));
        if (child.isPresent() && !child.get().isAlive()) {
            forget(name);
            return Optional.empty();
        }
        return child;
    }

    /// The living ones.
    public List<Child> all() {
        return names().stream().flatMap(name -> find(name).stream()).toList();
    }

    /// Those on record, dead or alive.
    public List<String> names() {
        try (var files = Files.list(home.run())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw LaunchException.because(home.run() + " cannot be read", failure);
        }
    }

    /// From now on nothing starts: what runs is about to be stopped, by a thread that must not be
    /// overtaken.
    public synchronized void refuseStarts() {
        startsRefused = true;
    }

    /// Starts a process in a session of its own, so that it outlives the terminal and gets no
    /// Ctrl-C; its output is appended to the log of that name.
    public synchronized Child start(String name, String fingerprint, List<String> command) {
        if (startsRefused) {
            throw new LaunchException("Interrupted.");
        }
        var detached = new ArrayList<>(Session.own());
        detached.addAll(command);
        var log = home.log(name);
        try {
            setAsideIfLarge(log);
            var process =
                    new ProcessBuilder(detached)
                            .directory(home.run().toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            return recordOrEnd(name, process, fingerprint);
        } catch (IOException failure) {
            throw new LaunchException(
                    name + " cannot be started: " + failure.getMessage(), failure);
        }
    }

    /// What is not on record nobody would ever stop.
    private Child recordOrEnd(String name, Process process, String fingerprint) {
        try {
            return record(name, process.toHandle(), fingerprint);
        } catch (LaunchException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    public Child record(String name, ProcessHandle process, String fingerprint) {
        var child = Child.of(name, process, fingerprint);
        PrivateFile.write(pidFile(name), child.lines());
        return child;
    }

    /// Asks with the signal (`TERM`, `INT`, …), waits, and then insists, with its own children too.
    public void stop(Child child, String signal, Duration patience) {
        send(child, signal);
        if (!ends(child, patience)) {
            child.process().ifPresent(it -> Signal.sendToSession(it.pid(), "KILL"));
            ends(child, Duration.ofSeconds(10));
        }
        if (isRecorded(child)) {
            forget(child.name());
        }
    }

    public void send(Child child, String signal) {
        child.process().ifPresent(it -> Signal.send(it.pid(), signal));
    }

    /// True once it is gone, false when the patience ends first.
    public boolean ends(Child child, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (child.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(POLL);
        }
        return true;
    }

    /// Whether this very process is on record still: `down`, or another `up`, removes or replaces
    /// it.
    public boolean isRecorded(Child child) {
        return Child.read(child.name(), pidFile(child.name())).filter(child::equals).isPresent();
    }

    public void forget(String name) {
        PrivateFile.delete(pidFile(name));
    }

    private Path pidFile(String name) {
        return home.run().resolve(name + SUFFIX);
    }

    private static void setAsideIfLarge(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGE_LOG_BYTES) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
