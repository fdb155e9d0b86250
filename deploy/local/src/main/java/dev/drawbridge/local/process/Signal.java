package dev.drawbridge.local.process;

import dev.drawbridge.local.report.LaunchException;

import java.util.List;

/// Sends any signal, where the JDK knows only TERM and KILL. The shell's own `kill` is everywhere.
final class Signal {
    private Signal() {}

    /// A process that has just ended is no failure.
    static void send(long pid, String signal) {
        if (!Shell.succeeds(List.of("sh", "-c", "kill -" + signal + " " + pid + " 2>/dev/null"))
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            throw new LaunchException(
                    "Process " + pid + " belongs to another user and cannot be stopped.");
        }
    }
}
