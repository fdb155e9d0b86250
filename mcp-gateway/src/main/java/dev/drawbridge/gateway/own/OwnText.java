package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What is fit to be read by people and models in a definition: nothing that is not shown, turns
/// the direction of writing, or steers a terminal.
public final class OwnText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /// Paths of the REST API beside those of names.
    private static final Set<String> TAKEN = Set.of("call", "own", "validate");

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST = 2_000;

    private OwnText() {}

    /// The name of what is defined.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for any other text
    public static String name(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw invalid(
                    "name",
                    "must be 1 to 64 letters, digits, dashes or underscores, a letter first");
        }
        if (TAKEN.contains(name)) {
            throw invalid("name", "is taken by the API");
        }
        return name;
    }

    /// A title, on one line; the name where there is none.
    public static String title(@Nullable String title, String name) {
        if (title == null) {
            return name;
        }
        require("title", title, LONGEST_TITLE);
        if (title.contains("\n")) {
            throw invalid("title", "must be on one line");
        }
        return title;
    }

    /// A description, which may have lines.
    public static String description(String field, @Nullable String text) {
        if (text == null) {
            throw invalid(field, "is missing");
        }
        require(field, text, LONGEST);
        return text.strip();
    }

    /// A content of any lines, which is read by whoever asks for it.
    public static void content(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw invalid(field, "must be 1 to %,d characters".formatted(longest));
        }
        if (text.indexOf('\0') >= 0) {
            throw invalid(field, "has a character that is none of a text");
        }
    }

    /// What is said of each of several, in their order; none where nothing is said.
    public static <V> Map<String, V> each(
            String field, @Nullable Map<String, ? extends @Nullable V> several) {
        Map<String, V> each = new LinkedHashMap<>();
        if (several != null) {
            several.forEach((name, said) -> {
                if (said == null) {
                    throw invalid(field, "says nothing of " + shown(name));
                }
                each.put(name, said);
            });
        }
        return Collections.unmodifiableMap(each);
    }

    /// The name of something, or a sign for what could not be one.
    public static String shown(String name) {
        return NamedSql.NAME.matcher(name).matches() ? name : "?";
    }

    private static void require(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw invalid(field, "must be 1 to %,d characters".formatted(longest));
        }
        if (!text.codePoints().allMatch(OwnText::isShown)) {
            throw invalid(field, "has a character that is not shown");
        }
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /// What is wrong with a field.
    public static RuntimeException invalid(String field, String reason) {
        return new Problem.Invalid(field, reason).exception();
    }
}
