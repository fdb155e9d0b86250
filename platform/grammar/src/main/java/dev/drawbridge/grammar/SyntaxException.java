package dev.drawbridge.grammar;

/// A text that PostgreSQL's parser does not read.
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    SyntaxException(String message, int position) {
        super(message);
        this.position = position;
    }

    /// Where in the text, in characters from 1; 0 where it is not known.
    public int position() {
        return position;
    }
}
