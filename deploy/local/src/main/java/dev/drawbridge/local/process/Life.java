package dev.drawbridge.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether processes live, more exactly than the JDK tells it.
public final class Life {
    private Life() {}

    /// A process that is dead but not collected counts as dead. Where the first process of a
    /// container collects nobody, it stays like that for ever.
    public static boolean isIn(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /// Whether some process works in that folder: PostgreSQL's sessions do in their data, also when
    /// their server is gone. Known on Linux only.
    public static boolean isIn(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cwd"))
                .anyMatch(link -> pointsTo(link, folder));
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException _) {
            return false; // no /proc here
        }
    }

    private static boolean pointsTo(Path link, Path folder) {
        try {
            return Files.readSymbolicLink(link).equals(folder);
        } catch (IOException _) {
            return false; // gone, or somebody else's
        }
    }
}
