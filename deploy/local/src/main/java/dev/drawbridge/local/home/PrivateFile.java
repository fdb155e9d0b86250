package dev.drawbridge.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner reads. They appear whole or not at all: a reader, a launcher that
/// was killed or a machine that lost its power never leaves half of one.
public final class PrivateFile {
    private PrivateFile() {}

    public static void write(Path file, String text) {
        try {
            var draft =
                    Files.createTempFile(
                            directoryOf(file),
                            ".draft",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            force(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            force(directoryOf(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }

    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + file, failure);
        }
    }

    /// A folder that only its owner enters, also if it was there before and others could.
    public static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot create " + directory, failure);
        }
    }

    /// Onto the disk: for a folder, which names are in it.
    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directoryOf(Path file) {
        var parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
