package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.sql.DataKeyException.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

class DataKeyFileTest {
    private static final byte[] SECRET = "correct horse".getBytes(StandardCharsets.UTF_8);
    private static final String PURPOSE = "thing:7";
    private static final String OLD = KeyLines.line("k1", 1);
    private static final String NEW = KeyLines.line("k2", 2);

    @TempDir Path folder;

    @Test
    void a_key_that_is_added_opens_and_seals_once_it_is_first() {
        var file = file(OLD);
        var box = new SecretBox(file);
        String early = box.seal(PURPOSE, SECRET);

        rewrite(file, OLD, NEW);
        assertThat(box.seal(PURPOSE, SECRET)).startsWith("k1:");
        assertThat(box.open(PURPOSE, other(NEW).seal(PURPOSE, SECRET))).isEqualTo(SECRET);

        rewrite(file, NEW, OLD);
        assertThat(box.seal(PURPOSE, SECRET)).startsWith("k2:");
        assertThat(box.open(PURPOSE, early)).isEqualTo(SECRET);
    }

    @Test
    void a_broken_file_changes_nothing_and_is_told() throws IOException {
        var file = file(OLD);
        var box = new SecretBox(file);

        rewrite(file, NEW, "k1:broken");
        assertThat(box.seal(PURPOSE, SECRET)).startsWith("k1:");
        assertThat(problem(file)).isEqualTo(Code.DATA_KEY_INVALID);
        Files.delete(folder.resolve("keys"));
        file.reload();
        assertThat(box.seal(PURPOSE, SECRET)).startsWith("k1:");
        assertThat(problem(file)).isEqualTo(Code.DATA_KEY_UNREADABLE);

        rewrite(file, NEW, OLD);
        assertThat(file.problem()).isEmpty();
        assertThat(box.seal(PURPOSE, SECRET)).startsWith("k2:");
    }

    @Test
    void an_id_never_stands_for_another_key() {
        var file = file(OLD);

        rewrite(file, KeyLines.line("k1", 9));

        assertThat(problem(file)).isEqualTo(Code.DATA_KEY_INVALID);
        assertThat(file.problem().orElseThrow().detail()).contains("k1", "new id");
        assertThat(new SecretBox(file).open(PURPOSE, other(OLD).seal(PURPOSE, SECRET)))
                .isEqualTo(SECRET);
    }

    @Test
    void a_key_that_was_taken_out_opens_until_nothing_needs_it_and_proves_nothing() {
        var file = file(OLD);
        var box = new SecretBox(file);
        String sealed = box.seal(PURPOSE, SECRET);
        String mark = box.mark(PURPOSE, SECRET);

        rewrite(file, NEW);
        file.forget(Set.of("k1", "k2"));
        assertThat(box.open(PURPOSE, sealed)).isEqualTo(SECRET);
        assertThat(box.judge(PURPOSE, SECRET, mark)).isEqualTo(SecretBox.Mark.KEY_UNKNOWN);

        file.forget(Set.of("k2"));
        assertThatThrownBy(() -> box.open(PURPOSE, sealed))
                .hasMessageContaining("DATA_KEY_MISSING: The data key k1");
    }

    private DataKeyFile file(String... lines) {
        return new DataKeyFile(KeyLines.write(folder.resolve("keys"), lines));
    }

    private void rewrite(DataKeyFile file, String... lines) {
        KeyLines.write(folder.resolve("keys"), lines);
        file.reload();
    }

    private SecretBox other(String line) {
        return SecretBox.of(KeyLines.write(folder.resolve("other"), line));
    }

    private static Code problem(DataKeyFile file) {
        return file.problem().orElseThrow().code();
    }
}
