package dev.drawbridge.local.report;

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

    public int exitCode() {
        return exitCode;
    }
}
