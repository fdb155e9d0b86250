package dev.drawbridge.local.report;

/// What keeps the launcher from going on: one sentence for a person, printed as it stands. It never
/// carries a password, so a cause that might (a URL that does not parse) is left out.
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LaunchException(String sentence) {
        super(sentence);
    }

    public LaunchException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
