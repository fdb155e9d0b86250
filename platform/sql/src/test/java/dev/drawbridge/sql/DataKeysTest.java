package dev.drawbridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.sql.DataKeyException.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DataKeysTest {
    private static final String KEY = KeyLines.line("k1", 1);

    @TempDir Path folder;

    @Test
    void are_listed_in_their_order() {
        var keys = read(KeyLines.line("2026-01.b", 2), "", KEY, "");

        assertThat(keys.ids()).containsExactly("2026-01.b", "k1");
        assertThat(keys.sealing()).isEqualTo("2026-01.b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k1:QUJD",
                "k1:not base64!",
                "k1",
                ":AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
                "k 1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:k1",
                "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==",
                "# k1"
            })
    void name_the_line_that_is_no_key_and_show_none(String line) {
        assertThatThrownBy(() -> read(KeyLines.line("k2", 2), line))
                .isInstanceOfSatisfying(
                        DataKeyException.class,
                        broken -> assertThat(broken.code()).isEqualTo(Code.DATA_KEY_INVALID))
                .hasMessageStartingWith("DATA_KEY_INVALID: Line 2 of ")
                .hasMessageContaining("id:base64 of 32 bytes")
                .hasMessageNotContaining("AQEB");
    }

    @Test
    void are_each_there_once_and_at_least_one() {
        assertThatThrownBy(() -> read(KEY, KEY))
                .hasMessageContaining("DATA_KEY_INVALID: The data key k1 is twice");
        assertThatThrownBy(() -> read(" ", ""))
                .hasMessageContaining("DATA_KEY_INVALID")
                .hasMessageContaining("holds no key");
    }

    @Test
    void say_that_the_file_cannot_be_read() throws IOException {
        assertThatThrownBy(() -> DataKeys.read(folder.resolve("absent")))
                .hasMessageStartingWith("DATA_KEY_UNREADABLE: ")
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> DataKeys.read(folder)).hasMessageContaining("DATA_KEY_UNREADABLE");
        var binary = Files.write(folder.resolve("binary"), new byte[] {-1, -2, 0, 7});
        assertThatThrownBy(() -> DataKeys.read(binary)).hasMessageContaining("DATA_KEY_INVALID");
    }

    @Test
    void show_no_key_when_they_are_printed() {
        assertThat(read(KEY)).hasToString("data keys [k1]");
    }

    private DataKeys read(String... lines) {
        return DataKeys.read(KeyLines.write(folder.resolve("keys"), lines));
    }
}
