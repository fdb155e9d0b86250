package dev.drawbridge.local.admin;

/// What a command ends with, so that scripts can tell failures apart. 0 is success, 1 a failure of
/// any other kind, and 2 also what picocli ends with for options that it does not know.
public final class ExitCode {
    public static final int FAILED = 1;
    public static final int NOT_FOUND = 4;
    public static final int CONFLICT = 5;
    static final int WRONG_INPUT = 2;
    static final int NOT_ALLOWED = 3;

    private ExitCode() {}

    static int of(int httpStatus) {
        return switch (httpStatus) {
            case 400 -> WRONG_INPUT;
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409, 412 -> CONFLICT;
            default -> FAILED;
        };
    }
}
