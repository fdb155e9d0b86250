package dev.drawbridge.sql;

import dev.drawbridge.sql.DataKeyException.Code;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

import javax.crypto.spec.SecretKeySpec;

/// Data keys by id, as a file lists them ([DataKeyConfig]): the first one seals, all of them open.
/// Those that a file listed once and that something may still need open too.
public final class DataKeys {
    private static final int KEY_BYTES = 32;

    /// No key in base64 is one, so that a line that is written the wrong way round shows no key.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final SequencedMap<String, SecretKeySpec> listed;
    private final Map<String, SecretKeySpec> removed;

    private DataKeys(
            SequencedMap<String, SecretKeySpec> listed, Map<String, SecretKeySpec> removed) {
        this.listed = listed;
        this.removed = removed;
    }

    /// Reads a file.
    ///
    /// @throws DataKeyException when there is no such file, or not every line of it is a key
    public static DataKeys read(Path file) {
        try {
            // Any bytes are a text in this encoding, and what is no key is told as such.
            return parse(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            throw new DataKeyException(
                    Code.DATA_KEY_UNREADABLE,
                    "The data key file " + file + " is not there, or not to be read.",
                    unreadable);
        }
    }

    private static DataKeys parse(Path file, String text) {
        SequencedMap<String, SecretKeySpec> keys = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            String id = line.substring(0, Math.max(0, colon));
            byte[] key = decode(line.substring(colon + 1).strip());
            if (!ID.matcher(id).matches() || key.length != KEY_BYTES) {
                throw invalid(
                        "Line %d of %s must be id:base64 of 32 bytes, with an id of letters,"
                                        .formatted(i + 1, file)
                                + " digits, dots, dashes and underscores.");
            }
            if (keys.put(id, new SecretKeySpec(key, "AES")) != null) {
                throw invalid("The data key %s is twice in %s.".formatted(id, file));
            }
        }
        if (keys.isEmpty()) {
            throw invalid("The data key file " + file + " holds no key.");
        }
        return new DataKeys(keys, Map.of());
    }

    /// The ids in the order of the file.
    public List<String> ids() {
        return List.copyOf(listed.keySet());
    }

    /// The id of the key that seals.
    public String sealing() {
        return listed.firstEntry().getKey();
    }

    /// A key that opens.
    ///
    /// @throws DataKeyException when it is not known
    SecretKeySpec opening(String id) {
        SecretKeySpec key = listed.getOrDefault(id, removed.get(id));
        if (key == null) {
            throw new DataKeyException(
                    Code.DATA_KEY_MISSING, "The data key " + id + " is not in the key file.");
        }
        return key;
    }

    /// A key that the file lists; null when it does not.
    @Nullable SecretKeySpec find(String id) {
        return listed.get(id);
    }

    /// These keys in the place of others, of which those that are not listed any more still open.
    ///
    /// @throws DataKeyException when an id stands for another key than before
    DataKeys replacing(DataKeys before) {
        Map<String, SecretKeySpec> gone = new LinkedHashMap<>(before.removed);
        gone.putAll(before.listed);
        for (Map.Entry<String, SecretKeySpec> key : listed.entrySet()) {
            SecretKeySpec known = gone.remove(key.getKey());
            if (known != null && !known.equals(key.getValue())) {
                throw invalid(
                        "The data key %s is another than before; a new key needs a new id."
                                .formatted(key.getKey()));
            }
        }
        return new DataKeys(listed, gone);
    }

    /// The same without those removed ones that nothing needs.
    DataKeys keeping(Set<String> needed) {
        Map<String, SecretKeySpec> kept = new LinkedHashMap<>(removed);
        kept.keySet().retainAll(needed);
        return new DataKeys(listed, kept);
    }

    /// Never the keys.
    @Override
    public String toString() {
        return "data keys " + ids();
    }

    /// Empty for what is no base64.
    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static DataKeyException invalid(String detail) {
        return new DataKeyException(Code.DATA_KEY_INVALID, detail);
    }
}
