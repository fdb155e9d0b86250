package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.process.Shell;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The folder that a home's PostgreSQL keeps its data in. What this home has not made is never
/// touched. initdb fills a folder of another name, so that this one is whole or not there.
final class DataFolder {
    static final String SUPERUSER = "postgres";

    private final Home home;
    private final Secrets secrets;
    private final Path data;
    private final Path version;

    DataFolder(Home home, Secrets secrets) {
        this.home = home;
        this.secrets = secrets;
        this.data = home.postgresData();
        this.version = data.resolve("PG_VERSION");
    }

    /// The superuser's: made up for data that are still to come, never for those that are there.
    Password password() {
        requireOurs();
        return secrets.password(SUPERUSER);
    }

    /// Refuses data of somebody else and of another version, in one sentence.
    void requireOurs() {
        try {
            if (isEmpty()) {
                return;
            }
            if (!Files.exists(version)) {
                throw new LaunchException(
                        "%s is no data folder of this home's PostgreSQL: %s"
                                .formatted(data, "move it away, or name another --home."));
            }
            if (!secrets.exists(SUPERUSER)) {
                throw new LaunchException(
                        "%s holds a PostgreSQL whose password is not in %s: %s"
                                .formatted(
                                        data,
                                        home.secrets(),
                                        "the two belong together; or name another --home."));
            }
            String found = Files.readString(version).strip();
            if (!PostgresBinaries.version().startsWith(found + ".")) {
                throw new LaunchException(
                        ("The data in %s are of PostgreSQL %s, and this is %s: "
                                        + "move the folder away, or use pg_upgrade.")
                                .formatted(data, found, PostgresBinaries.version()));
            }
        } catch (IOException failure) {
            throw new LaunchException("The data in " + data + " cannot be read.", failure);
        }
    }

    /// Brings the data into being where there are none, and says as whom PostgreSQL reads them.
    RunAs prepare(Path binaries) {
        if (Files.exists(version)) {
            return owner(binaries, data);
        }
        var draft = data.resolveSibling(data.getFileName() + ".new");
        Shell.run(List.of("rm", "-rf", draft.toString())); // where initdb was interrupted
        RunAs runAs = owner(binaries, draft);
        initialise(binaries, draft, runAs);
        try {
            Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new LaunchException(draft + " cannot be renamed to " + data + ".", failure);
        }
        return runAs;
    }

    private boolean isEmpty() throws IOException {
        if (!Files.exists(data)) {
            return true;
        }
        try (var files = Files.list(data)) {
            return files.findAny().isEmpty();
        }
    }

    private static RunAs owner(Path binaries, Path folder) {
        PrivateFile.createDirectory(folder);
        return RunAs.choose(binaries, folder);
    }

    private void initialise(Path binaries, Path folder, RunAs runAs) {
        var passwordFile = home.root().resolve("initdb.password");
        PrivateFile.write(passwordFile, password().reveal() + "\n");
        runAs.handOver(passwordFile);
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        var command =
                runAs.command(
                        binaries.resolve("bin/initdb"),
                        "-D",
                        folder.toString(),
                        "-U",
                        SUPERUSER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=" + (linux ? "C.UTF-8" : "C"), // macOS may not know C.UTF-8
                        "-E",
                        "UTF8",
                        "--data-checksums");
        var outcome = Shell.run(command);
        PrivateFile.delete(passwordFile);
        if (outcome.exitCode() != 0) {
            throw new LaunchException("initdb failed: " + outcome.output().strip());
        }
    }
}
