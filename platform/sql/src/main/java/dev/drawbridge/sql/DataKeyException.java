package dev.drawbridge.sql;

import org.jspecify.annotations.Nullable;

/// What is wrong with the data keys. The message begins with the code; no part of a key is in it.
public final class DataKeyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String detail;

    /// What a log, a health check and a failed start say alike.
    public enum Code {
        /// The key file is not there, or not to be read.
        DATA_KEY_UNREADABLE,
        /// The key file is not as it must be.
        DATA_KEY_INVALID,
        /// A stored secret names a key that the key file does not list.
        DATA_KEY_MISSING
    }

    DataKeyException(Code code, String detail) {
        this(code, detail, null);
    }

    DataKeyException(Code code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    public Code code() {
        return code;
    }

    /// One sentence that an operator can act on.
    public String detail() {
        return detail;
    }
}
