package dev.drawbridge.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class LogFileTest {

    @Test
    void shows_the_trouble_in_a_services_log_with_its_causes() {
        String log =
                """
                {"level":"INFO","message":"Profile prod activated."}
                {"level":"ERROR","message":"Failed to start","exception":{"message":"no migration","causedBy":{"exception":{"message":"permission denied"}}}}
                {"level":"INFO","message":"stopped"}
                """;

        assertThat(LogFile.lastLines(log))
                .isEqualTo("\n  ERROR Failed to start: no migration: permission denied");
    }

    @Test
    void shows_the_end_where_nothing_tells_of_trouble() {
        assertThat(LogFile.lastLines("one\n\ntwo\n")).isEqualTo("\n  one\n  two");
        assertThat(LogFile.lastLines("")).isEqualTo(" (its log is empty)");
    }

    @Test
    void reads_only_what_is_new(@TempDir Path folder) throws IOException {
        var log = folder.resolve("service.log");
        Files.writeString(log, "old\n");
        long size = LogFile.size(log);

        Files.writeString(log, "new\n", StandardOpenOption.APPEND);

        assertThat(LogFile.since(log, size)).isEqualTo("new\n");
    }

    @Test
    void says_why_a_log_cannot_be_read(@TempDir Path folder) {
        assertThatThrownBy(() -> LogFile.since(folder, 0))
                .isInstanceOf(LaunchException.class)
                .hasMessage(folder + " cannot be read: Is a directory.");
    }
}
