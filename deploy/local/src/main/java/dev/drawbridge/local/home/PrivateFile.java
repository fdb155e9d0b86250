package dev.drawbridge.local.home;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
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
            fill(draft, text, file);
            force(directoryOf(file));
        } catch (IOException failure) {
            throw LaunchException.because(file + " cannot be written", failure);
        }
    }

    /// The draft is a file's whole content: it must not stay where there is no room for it.
    private static void fill(Path draft, String text, Path file) throws IOException {
        try {
            Files.writeString(draft, text);
            force(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.deleteIfExists(draft);
            throw failure;
        }
    }

    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw LaunchException.because(file + " cannot be deleted", failure);
        }
    }

    /// A folder that only its owner enters, also if it was there before and others could.
    public static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failure) {
            throw LaunchException.because(directory + " cannot be created", failure);
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
