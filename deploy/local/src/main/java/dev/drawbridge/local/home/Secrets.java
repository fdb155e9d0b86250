package dev.drawbridge.local.home;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// Secrets that the launcher makes up: each written once to a file of its own, and kept.
public final class Secrets {
    /// The file of [KeyFile].
    public static final String DATA_KEY = "data-key";

    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 32;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    public Secrets(Home home) {
        this.directory = home.secrets();
    }

    public boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    /// The password of that name: letters and digits, so that it needs no escaping anywhere.
    public Password password(String name) {
        try {
            return new Password(Files.readString(passwordFile(name)).strip());
        } catch (IOException failure) {
            throw LaunchException.because("The secret " + name + " cannot be read", failure);
        }
    }

    public Path passwordFile(String name) {
        var file = directory.resolve(name);
        if (!Files.exists(file)) {
            PrivateFile.write(file, newPassword() + "\n");
        }
        return file;
    }

    /// Keys that the services encrypt stored secrets with: a line each, the first one current.
    public Path dataKeyFile() {
        var file = directory.resolve(DATA_KEY);
        if (!Files.exists(file)) {
            PrivateFile.write(file, KeyFile.newLine("k1") + "\n");
        }
        return file;
    }

    public String newPassword() {
        var password = new StringBuilder();
        random.ints(PASSWORD_LENGTH, 0, ALPHABET.length())
                .forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }
}
