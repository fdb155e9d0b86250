package dev.drawbridge.local.process;

import dev.drawbridge.local.report.LaunchException;

import java.util.List;

/// Sends any signal, where the JDK knows only TERM and KILL. The shell's own `kill` is everywhere.
final class Signal {
    private Signal() {}

    /// A process that has just ended is no failure.
    static void send(long pid, String signal) {
        if (!kill(signal, Long.toString(pid))
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            throw new LaunchException(
                    "Process " + pid + " belongs to another user and cannot be stopped.");
        }
    }

    /// To the process and to what it started, if it leads a group; else to the process.
    static void sendToSession(long pid, String signal) {
        if (!kill(signal, "-" + pid)) {
            send(pid, signal);
        }
    }

    private static boolean kill(String signal, String whom) {
        return Shell.succeeds(
                List.of("sh", "-c", "kill -s " + signal + " -- " + whom + " 2>/dev/null"));
    }
}
