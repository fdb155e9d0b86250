package dev.drawbridge.system.access;

/// An operation, asked of something that there is.
///
/// @param path with something for each of its variables, and the query that it cannot go without
/// @param body as little as it takes; empty where an operation needs nothing
record Question(String path, String body) {
    private static final String NOTHING = "{}";

    static Question of(String path) {
        return new Question(path, NOTHING);
    }

    Question with(String field, String value) {
        return new Question(path, "{\"%s\": \"%s\"}".formatted(field, value));
    }
}
