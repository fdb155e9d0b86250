package dev.drawbridge.gateway.prompt;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

/// A value of a caller's in a text of ours: JSON on one line, so that nothing in it can end it and
/// speak as us, or be seen as something else than it is.
public final class QuotedValue {
    private QuotedValue() {}

    /// A value as JSON.
    ///
    /// @param value null for one that was left out
    public static String of(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        var quoted = new StringBuilder();
        for (char c : Json.encode(value).toCharArray()) {
            if (isUnseen(c)) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.toString();
    }

    /// What ends a line for some readers, turns its direction, or is not shown. A pair of
    /// surrogates may be a tag character, which is not shown either.
    private static boolean isUnseen(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }
}
