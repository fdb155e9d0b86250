package dev.drawbridge.local.home;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.sql.DataKeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The data keys of a home: lines `id:key`, the first one seals. The services read the file while
/// they run, so it is only ever replaced whole.
public final class KeyFile {
    private static final Pattern NUMBERED = Pattern.compile("k(\\d{1,9})");
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;

    private KeyFile(Path file) {
        this.file = file;
    }

    /// That of a home that has one.
    public static KeyFile of(Home home) {
        if (!new Secrets(home).exists(Secrets.DATA_KEY)) {
            throw new LaunchException(
                    "There is no data key in " + home.secrets() + "; the first up makes it.");
        }
        return new KeyFile(new Secrets(home).dataKeyFile());
    }

    /// The line of a new key.
    static String newLine(String id) {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    /// The ids in their order.
    ///
    /// @throws dev.drawbridge.sql.DataKeyException when the file is broken
    public List<String> ids() {
        return DataKeys.read(file).ids();
    }

    /// Adds a new key behind the others: it opens, and does not seal yet.
    ///
    /// @return its id
    public String add() {
        int last =
                ids().stream()
                        .map(NUMBERED::matcher)
                        .mapToInt(id -> id.matches() ? Integer.parseInt(id.group(1)) : 0)
                        .max()
                        .orElse(0);
        String id = "k" + (last + 1);
        var lines = lines();
        lines.add(newLine(id));
        write(lines);
        return id;
    }

    /// Puts a key first.
    public void promote(String id) {
        var lines = lines();
        String line = lines.remove(indexOf(id));
        lines.addFirst(line);
        write(lines);
    }

    /// Takes a key out.
    public void remove(String id) {
        var lines = lines();
        lines.remove(indexOf(id));
        write(lines);
    }

    private int indexOf(String id) {
        return ids().indexOf(id);
    }

    private List<String> lines() {
        try (var lines = Files.lines(file)) {
            return new ArrayList<>(lines.filter(line -> !line.isBlank()).toList());
        } catch (IOException failure) {
            throw LaunchException.because(file + " cannot be read", failure);
        }
    }

    private void write(List<String> lines) {
        PrivateFile.write(file, String.join("\n", lines) + "\n");
    }
}
