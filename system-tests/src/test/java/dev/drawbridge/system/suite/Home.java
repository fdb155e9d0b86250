package dev.drawbridge.system.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A folder that one suite lives in, with ports of its own, so that it meets no other on this
/// machine. Offsets are below 17,000: beyond, PostgreSQL's port could be taken by somebody's
/// outgoing connection.
public record Home(Path folder, int portOffset) {
    public static final int POSTGRES = 15432;
    public static final int GATEWAY = 8081;
    public static final int AUTH = 8082;
    public static final int KEYCLOAK = 8180;

    private static final int MANAGEMENT = 1000;
    private static final int CHOICES = 20;
    private static final int STEP = 10;

    /// One of that name below `target`, emptied: what an earlier run left, running or not, is gone.
    /// Where somebody has one of its ports, as the tests of another checkout do, the ports are
    /// others.
    public static Home fresh(String name, int portOffset) {
        var home = named(name, portOffset);
        if (Files.exists(home.folder)) {
            new Drawbridge().run("down", "--home", home.folder.toString());
            home.delete();
        }
        return IntStream.range(0, CHOICES)
                .mapToObj(i -> new Home(home.folder, portOffset + i * STEP))
                .filter(choice -> choice.busyPorts().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no ports are free for " + name));
    }

    public static Home named(String name, int portOffset) {
        return new Home(Checkout.target().resolve(name), portOffset);
    }

    /// The arguments that every `up` of this home takes, and then some.
    public String[] up(String... more) {
        var own =
                List.of(
                        "up",
                        "--home",
                        folder.toString(),
                        "--port-offset",
                        Integer.toString(portOffset));
        return IntStream.range(0, own.size() + more.length)
                .mapToObj(i -> i < own.size() ? own.get(i) : more[i - own.size()])
                .toArray(String[]::new);
    }

    public Drawbridge.Outcome down() {
        return new Drawbridge().run("down", "--home", folder.toString());
    }

    /// A process on record; it may be dead.
    public long pid(String process) {
        try {
            var record = folder.resolve("run").resolve(process + ".pid");
            return Long.parseLong(Files.readAllLines(record).getFirst().strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Whether the process does anything: one that is dead and not collected does not. In a
    /// container nobody may ever collect it.
    public static boolean lives(long pid) {
        boolean known = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return known && !stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException elsewhere) {
            return known;
        }
    }

    /// Every living process that was started for this home: its command names the folder, or it
    /// works there, as PostgreSQL's own processes do.
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isNamedBy(process) || worksHere(process))
                .toList();
    }

    /// Those of the suite's ports that somebody listens on.
    public List<Integer> busyPorts() {
        return IntStream.of(
                        POSTGRES, GATEWAY, AUTH, KEYCLOAK, GATEWAY + MANAGEMENT, AUTH + MANAGEMENT)
                .map(port -> port + portOffset)
                .filter(port -> !isFree(port))
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException elsewhere) {
            return process.info().commandLine().orElse("");
        }
    }

    /// As a word, or as what a longer path begins with; not a folder whose name begins as ours.
    private boolean isNamedBy(ProcessHandle process) {
        return Pattern.compile(Pattern.quote(folder.toString()) + "(?![\\w-])")
                .matcher(commandLine(process))
                .find();
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            var works = Path.of("/proc", Long.toString(process.pid()), "cwd");
            return Files.readSymbolicLink(works).startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    private void delete() {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
