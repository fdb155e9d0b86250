package dev.drawbridge.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The words before a command that give it a session of its own, so that neither the terminal's
/// Ctrl-C nor its end reaches it. Each replaces itself by the command: the pid stays.
final class Session {
    private Session() {}

    static List<String> own() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        if (onPath("perl")) { // macOS has no setsid, but perl
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!");
        }
        return List.of();
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
