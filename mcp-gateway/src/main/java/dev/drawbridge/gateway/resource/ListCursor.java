package dev.drawbridge.gateway.resource;

import dev.drawbridge.problem.Problem;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A place in a list that is ordered by URI. It opens nothing: whoever shows one sees of its own
/// list what is behind that place.
final class ListCursor {
    /// So that hardly any other text is one by chance.
    private static final String MARK = "after:";

    private static final int LONGEST = 2_000;

    private ListCursor() {}

    static String after(String uri) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARK + uri).getBytes(StandardCharsets.UTF_8));
    }

    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static String read(String cursor) {
        String text = cursor.length() > LONGEST ? "" : decoded(cursor);
        if (!text.startsWith(MARK)) {
            throw new Problem.Invalid("cursor", "must be the nextCursor of a list").exception();
        }
        return text.substring(MARK.length());
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
