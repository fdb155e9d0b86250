package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

class SecretBoxTest {
    private static final byte[] SECRET = "correct horse".getBytes(StandardCharsets.UTF_8);
    private static final String PURPOSE = "connection:7:password";
    private static final String OLD = KeyLines.line("k1", 1);
    private static final String NEW = KeyLines.line("k2", 2);

    @TempDir Path folder;

    @Test
    void opens_what_it_sealed() {
        var box = box(OLD);

        assertThat(box.open(PURPOSE, box.seal(PURPOSE, SECRET))).isEqualTo(SECRET);
    }

    @Test
    void seals_the_same_secret_differently_each_time() {
        var box = box(OLD);

        assertThat(box.seal(PURPOSE, SECRET)).isNotEqualTo(box.seal(PURPOSE, SECRET));
    }

    @Test
    void marks_a_content_for_one_purpose_under_its_own_key() {
        String mark = box(OLD).mark(PURPOSE, SECRET);

        assertThat(box(OLD).mark(PURPOSE, SECRET)).isEqualTo(mark).startsWith("k1:");
        assertThat(box(OLD).mark("connection:8:password", SECRET)).isNotEqualTo(mark);
        assertThat(box(NEW).mark(PURPOSE, SECRET)).isNotEqualTo(mark);
        assertThat(box(OLD).mark(PURPOSE, new byte[0])).isNotEqualTo(mark);
    }

    @Test
    void does_not_open_a_secret_that_was_moved_to_another_place() {
        var box = box(OLD);
        String sealed = box.seal(PURPOSE, SECRET);

        assertThatThrownBy(() -> box.open("connection:8:password", sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("horse");
    }

    @Test
    void does_not_open_a_secret_of_which_any_byte_was_changed() {
        var box = box(OLD);
        String sealed = box.seal(PURPOSE, SECRET);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(3));

        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            String tampered = "k1:" + Base64.getEncoder().encodeToString(changed);
            assertThatThrownBy(() -> box.open(PURPOSE, tampered))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refuses_what_it_never_sealed() {
        var box = box(OLD);

        for (String text : List.of("", "k1", "k1:", "k1:AAAA", "k1:%%%", ":", "k9:AAAA")) {
            assertThatThrownBy(() -> box.open(PURPOSE, text))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void seals_with_the_first_key_and_opens_with_every_key() {
        String old = box(OLD).seal(PURPOSE, SECRET);

        var rotated = box(NEW, OLD);

        assertThat(rotated.open(PURPOSE, old)).isEqualTo(SECRET);
        assertThat(rotated.seal(PURPOSE, SECRET)).startsWith("k2:");
    }

    @Test
    void says_which_key_is_missing() {
        String old = box(OLD).seal(PURPOSE, SECRET);
        var without = box(NEW);

        assertThatThrownBy(() -> without.open(PURPOSE, old)).hasMessageContaining("k1");
    }

    private SecretBox box(String... lines) {
        return SecretBox.of(KeyLines.write(folder.resolve("keys"), lines));
    }
}
