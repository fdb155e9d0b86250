package dev.drawbridge.local.process;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a port of this machine is free, and who has it if not.
public final class Ports {
    private static final String LISTENING = "0A";

    private Ports() {}

    /// Refuses in one sentence that names the port, what it is for, and its holder if that is
    /// known.
    public static void requireFree(int port, String purpose) {
        if (isFree(port)) {
            return;
        }
        String holder = holder(port).orElse("another process");
        throw new LaunchException(
                ("Port %d, which %s needs, is in use by %s; stop it, "
                                + "or shift all ports with --port-offset.")
                        .formatted(port, purpose, holder));
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads it from `/proc`: known on Linux, for processes of this user (of all, to root).
    private static Optional<String> holder(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> listeningInode(Path.of(table), port).stream())
                .flatMap(inode -> holderOf("socket:[" + inode + "]").stream())
                .findFirst();
    }

    private static Optional<String> listeningInode(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> List.of(line.strip().split("\\s+")))
                    .filter(columns -> columns.size() > 9)
                    .filter(columns -> columns.get(1).endsWith(suffix))
                    .filter(columns -> columns.get(3).equals(LISTENING))
                    .map(columns -> columns.get(9))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> holderOf(String socket) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, socket))
                .map(process ->
                        "process %d (%s)"
                                .formatted(
                                        process.pid(), process.info().command().orElse("unknown")))
                .findFirst();
    }

    private static boolean holds(ProcessHandle process, String socket) {
        var descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        try (var links = Files.list(descriptors)) {
            return links.anyMatch(link -> pointsTo(link, socket));
        } catch (IOException _) {
            return false; // gone, or somebody else's
        }
    }

    private static boolean pointsTo(Path link, String socket) {
        try {
            return Files.readSymbolicLink(link).toString().equals(socket);
        } catch (IOException _) {
            return false;
        }
    }
}
