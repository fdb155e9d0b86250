package dev.drawbridge.local.home;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a suite lives. Everything that one `up` leaves behind is below `root`; what was built is
/// below `checkout`. Two suites with two homes (and two port offsets) do not meet.
public record Home(Path root, Path checkout) {

    /// Creates what is missing. The root may be entered by others, because PostgreSQL runs as
    /// another user when the launcher is root; all below it but PostgreSQL's folders may not.
    public static Home open(Path root, Path checkout) {
        var home = new Home(root.toAbsolutePath().normalize(), checkout);
        try {
            Files.createDirectories(home.root);
        } catch (IOException failure) {
            throw new LaunchException(
                    "The home folder " + home.root + " cannot be created.", failure);
        }
        if (!Files.isWritable(home.root)) {
            throw new LaunchException("The home folder " + home.root + " is not writable.");
        }
        PrivateFile.createDirectory(home.secrets());
        PrivateFile.createDirectory(home.run());
        PrivateFile.createDirectory(home.logs());
        PrivateFile.createDirectory(home.aot());
        PrivateFile.createDirectory(home.config());
        return home;
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path aot() {
        return root.resolve("aot");
    }

    private Path config() {
        return root.resolve("config");
    }

    public Path config(String service) {
        return config().resolve(service + ".properties");
    }

    public Path postgresData() {
        return root.resolve("postgres");
    }

    /// pgvector's files; may be entered by whoever PostgreSQL runs as.
    public Path pgvector() {
        return root.resolve("pgvector");
    }

    public Path demo() {
        return root.resolve("demo.json");
    }

    /// What the last successful `up` printed with `--json`.
    public Path summary() {
        return run().resolve("summary.json");
    }
}
