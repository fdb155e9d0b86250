package dev.drawbridge.local.home;

import dev.drawbridge.local.report.Progress;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/// Which suite a command is about, and what the script tells the launcher by system properties.
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "<dir>",
            description = "Where data, secrets and logs are kept (default: .drawbridge).")
    private Optional<Path> home = Optional.empty();

    /// The home, with the folders that were missing.
    public Home open() {
        var checkout = Path.of(System.getProperty("drawbridge.checkout", "")).toAbsolutePath();
        return Home.open(home.orElse(checkout.resolve(".drawbridge")), checkout);
    }

    /// On standard error, as the script says that it is a terminal or not.
    public static Progress progress() {
        return new Progress(System.err, Boolean.getBoolean("drawbridge.terminal"));
    }
}
