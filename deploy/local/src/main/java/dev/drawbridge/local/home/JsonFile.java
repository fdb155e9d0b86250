package dev.drawbridge.local.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Records kept as JSON, read again by a later launcher, which may be of another version.
public final class JsonFile {
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private JsonFile() {}

    /// Empty when there is no such file, or nothing in it that makes sense now: what is kept here
    /// can be made again.
    public static <T> Optional<T> read(Path file, Class<T> type) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(file.toFile(), type));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    public static void write(Path file, Object record) {
        PrivateFile.write(file, text(record) + "\n");
    }

    /// In one line.
    public static String text(Object record) {
        try {
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// For people to read and paste.
    public static String pretty(Object record) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
