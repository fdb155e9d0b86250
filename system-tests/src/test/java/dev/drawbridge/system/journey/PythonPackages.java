package dev.drawbridge.system.journey;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packages of Python's that a folder's `requirements.txt` names, all that they need among
/// them.
final class PythonPackages {
    private static final String NEEDED =
            "import sys, pip; sys.exit(0 if sys.version_info >= (3, 10) else 1)";

    private PythonPackages() {}

    /// Brings them to what the file says, if they are not. Aborts the test where there is no Python
    /// that can.
    ///
    /// @return the folder that they are in
    private static synchronized Path install(Path folder) {
        assumeTrue(hasPython(folder), "python3 of 3.10 or newer with pip is not here");
        Path packages = Checkout.target().resolve("python");
        Path wanted = folder.resolve("requirements.txt");
        Path stamp = packages.resolve("installed.txt");
        try {
            if (!Files.exists(stamp) || Files.mismatch(wanted, stamp) >= 0) {
                new Program(
                                folder,
                                List.of(
                                        "python3",
                                        "-m",
                                        "pip",
                                        "install",
                                        "--quiet",
                                        "--disable-pip-version-check",
                                        "--no-deps",
                                        "--upgrade",
                                        "--target",
                                        packages.toString(),
                                        "--requirement",
                                        wanted.toString()))
                        .output(Map.of());
                Files.copy(wanted, stamp, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packages;
    }

    /// Runs a program of Python's in a folder with its packages; gives what it printed.
    static String run(Path folder, Map<String, String> environment, String... command) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PYTHONPATH", install(folder).toString());
        List<String> whole = new ArrayList<>(List.of("python3"));
        whole.addAll(List.of(command));
        return new Program(folder, whole).output(all);
    }

    private static boolean hasPython(Path folder) {
        try {
            var look =
                    new ProcessBuilder("python3", "-c", NEEDED)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            look.getInputStream().readAllBytes();
            return look.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
