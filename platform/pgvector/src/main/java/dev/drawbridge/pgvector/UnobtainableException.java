package dev.drawbridge.pgvector;

/// Why pgvector cannot be had, in words that end a sentence.
final class UnobtainableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnobtainableException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
