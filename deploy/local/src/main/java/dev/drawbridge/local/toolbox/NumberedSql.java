package dev.drawbridge.local.toolbox;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement with `$1`, `$2` … as one with names. What is in strings, quoted names and comments
/// is left alone; a colon before a name that was no parameter gets a space, so that it becomes
/// none.
final class NumberedSql {
    private static final Pattern PIECES =
            Pattern.compile(
                    String.join(
                            "|",
                            "[eE]'(?:[^'\\\\]|\\\\.|'')*+'",
                            "'(?:[^']|'')*+'",
                            "\"(?:[^\"]|\"\")*+\"",
                            "--[^\n\r]*+",
                            "/\\*.*?\\*/",
                            "\\$([A-Za-z_]*)\\$.*?\\$\\1\\$",
                            "::",
                            "(?<colon>:)(?=[A-Za-z_])",
                            "(?<![A-Za-z0-9_$])\\$(?<number>\\d{1,4})"),
                    Pattern.DOTALL);

    private NumberedSql() {}

    /// @param names of `$1`, `$2` …
    /// @throws ToolboxException for a number that has no name
    static String named(String sql, List<String> names) {
        return PIECES.matcher(sql)
                .replaceAll(piece -> Matcher.quoteReplacement(named(sql, piece, names)));
    }

    private static String named(String sql, MatchResult piece, List<String> names) {
        if (piece.group("colon") != null) {
            return ": ";
        }
        String number = piece.group("number");
        if (number == null) {
            return piece.group();
        }
        int index = Integer.parseInt(number);
        if (index < 1 || index > names.size()) {
            throw new ToolboxException("its statement has $" + index + ", which is no parameter");
        }
        boolean touches = piece.start() > 0 && sql.charAt(piece.start() - 1) == ':';
        return (touches ? " :" : ":") + names.get(index - 1);
    }
}
