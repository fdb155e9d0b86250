package dev.drawbridge.local.admin;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.report.LaunchException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A password from standard input, which no list of processes shows: typed unseen at a terminal, or
/// the first line.
final class SecretInput {
    private SecretInput() {}

    /// @param prompt for who types it
    static Password read(String prompt) {
        String line =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(console -> typed(console, prompt))
                        .orElseGet(SecretInput::firstLine);
        if (line.isEmpty()) {
            throw new LaunchException(
                    "There is no password on standard input.", ExitCode.WRONG_INPUT);
        }
        return new Password(line);
    }

    /// Empty at the end of input.
    private static String typed(Console console, String prompt) {
        char @Nullable [] password = console.readPassword(prompt);
        return password == null ? "" : String.valueOf(password);
    }

    private static String firstLine() {
        try {
            var input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(input.readLine()).orElse("");
        } catch (IOException failure) {
            throw LaunchException.because("Standard input cannot be read", failure);
        }
    }
}
