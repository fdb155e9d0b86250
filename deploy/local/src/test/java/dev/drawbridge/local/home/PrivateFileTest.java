package dev.drawbridge.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PrivateFileTest {
    @TempDir private Path folder;

    @Test
    void is_for_its_owner_alone() throws IOException {
        var file = folder.resolve("secret");

        PrivateFile.write(file, "one");
        PrivateFile.write(file, "two");

        assertThat(file).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leaves_no_secret_behind_where_it_cannot_be_written() throws IOException {
        var inTheWay = Files.createDirectories(folder.resolve("secret/full")).getParent();

        assertThatThrownBy(() -> PrivateFile.write(inTheWay, "hunter2"))
                .isInstanceOf(LaunchException.class)
                .hasMessage(inTheWay + " cannot be written: Is a directory.");

        assertThat(folder).isDirectoryNotContaining("glob:**.draft*");
    }

    @Test
    void says_why_a_folder_cannot_be_made() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> PrivateFile.createDirectory(file.resolve("below")))
                .isInstanceOf(LaunchException.class)
                .hasMessage(file.resolve("below") + " cannot be created: Not a directory.");
    }

    @Test
    void says_why_a_file_cannot_be_deleted() throws IOException {
        var full = Files.createDirectories(folder.resolve("secret/full")).getParent();

        assertThatThrownBy(() -> PrivateFile.delete(full))
                .isInstanceOf(LaunchException.class)
                .hasMessage(full + " cannot be deleted: directory not empty.");
    }
}
