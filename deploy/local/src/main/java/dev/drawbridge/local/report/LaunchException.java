package dev.drawbridge.local.report;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/// What keeps the launcher from going on: one sentence for a person, printed as it stands. It never
/// carries a password, so a cause that might (a URL that does not parse) is left out.
public class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What the command ends with, unless its caller is told more.
    private static final int FAILED = 1;

    private final int exitCode;

    public LaunchException(String sentence) {
        this(sentence, FAILED);
    }

    /// @param exitCode that tells scripts which kind of failure it is
    public LaunchException(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public LaunchException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = FAILED;
    }

    /// Of a file or folder, with the operating system's reason: no space left, no permission.
    public static LaunchException because(String what, IOException failure) {
        String said =
                failure instanceof FileSystemException refused
                        ? refused.getReason()
                        : failure.getMessage();
        return new LaunchException(
                what + ": " + (said == null ? name(failure) : said) + ".", failure);
    }

    /// Some failures say it by their name alone: `AccessDeniedException` is "access denied".
    private static String name(IOException failure) {
        return failure.getClass()
                .getSimpleName()
                .replace("Exception", "")
                .replaceAll("(?<=.)(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    public int exitCode() {
        return exitCode;
    }
}
