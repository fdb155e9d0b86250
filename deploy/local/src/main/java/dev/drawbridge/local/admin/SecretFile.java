package dev.drawbridge.local.admin;

import dev.drawbridge.local.home.PrivateFile;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where a new secret will be, readable by its owner alone. That it can be written is found out
/// before the secret exists, and a file of that name stays as it is until the secret is valid.
final class SecretFile implements AutoCloseable {
    private final Path file;
    private final Path draft;
    private boolean kept;

    private SecretFile(Path file) {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + ".new");
    }

    /// @param replace whether there may be an older one
    static SecretFile prepare(Path file, boolean replace) {
        if (!replace && Files.exists(file)) {
            throw new LaunchException(
                    "The file " + file + " is there already; name another.", ExitCode.CONFLICT);
        }
        var prepared = new SecretFile(file.toAbsolutePath());
        prepared.requireNothingKept();
        prepared.write("");
        return prepared;
    }

    Path path() {
        return file;
    }

    void write(String secret) {
        PrivateFile.write(draft, secret + "\n");
    }

    /// The secret that was written is valid.
    void settle() {
        kept = true;
        try {
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            throw new LaunchException(
                    "The secret is in %s and cannot be moved to %s.".formatted(draft, file));
        }
    }

    /// The secret that was written may be valid. Says where it is and what to do with it.
    String keep() {
        kept = true;
        return "in %s (try it, then move it to %s, or delete it).".formatted(draft, file);
    }

    private void requireNothingKept() {
        try {
            if (Files.exists(draft) && !Files.readString(draft).isBlank()) {
                throw new LaunchException(
                        "A secret of an earlier try, which may be valid, is " + keep(),
                        ExitCode.CONFLICT);
            }
        } catch (IOException _) {
            throw new LaunchException("The file " + draft + " cannot be read.");
        }
    }

    /// Leaves nothing behind when it was neither settled nor kept.
    @Override
    public void close() {
        if (!kept) {
            PrivateFile.delete(draft);
        }
    }
}
