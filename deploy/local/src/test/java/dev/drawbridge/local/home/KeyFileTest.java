package dev.drawbridge.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.sql.DataKeyException;
import dev.drawbridge.sql.SecretBox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class KeyFileTest {
    private static final byte[] SECRET = {7};

    @TempDir Path folder;

    @Test
    void adds_a_key_that_opens_and_seals_once_it_is_first() throws IOException {
        Home home = Home.open(folder, folder);
        Path path = new Secrets(home).dataKeyFile();
        String old = SecretBox.of(path).seal("p", SECRET);
        var file = KeyFile.of(home);

        assertThat(file.add()).isEqualTo("k2");
        assertThat(file.ids()).containsExactly("k1", "k2");
        file.promote("k2");
        assertThat(file.ids()).containsExactly("k2", "k1");

        assertThat(SecretBox.of(path).open("p", old)).isEqualTo(SECRET);
        assertThat(SecretBox.of(path).seal("p", SECRET)).startsWith("k2:");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        file.remove("k1");
        assertThat(file.ids()).containsExactly("k2");
        assertThat(file.add()).isEqualTo("k3");
    }

    @Test
    void gives_no_id_again_that_is_there() throws IOException {
        Home home = Home.open(folder, folder);
        Path path = new Secrets(home).dataKeyFile();
        String lines = Files.readString(path).replace("k1:", "k9:");
        Files.writeString(path, "\n" + KeyFile.newLine("of-our-own") + "\n\n" + lines);

        assertThat(KeyFile.of(home).add()).isEqualTo("k10");
        KeyFile.of(home).promote("k9");
        assertThat(KeyFile.of(home).ids()).containsExactly("k9", "of-our-own", "k10");
    }

    @Test
    void changes_nothing_in_a_file_that_is_broken() throws IOException {
        Home home = Home.open(folder, folder);
        assertThatThrownBy(() -> KeyFile.of(home))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no data key");
        Path path = new Secrets(home).dataKeyFile();
        Files.writeString(path, "k1:broken\n");

        assertThatThrownBy(() -> KeyFile.of(home).add())
                .isInstanceOf(DataKeyException.class)
                .hasMessageContaining("Line 1");
        assertThat(path).hasContent("k1:broken");
    }
}
