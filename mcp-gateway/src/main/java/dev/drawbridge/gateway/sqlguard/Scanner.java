package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits SQL into tokens by PostgreSQL's lexical rules
/// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html) with
/// `standard_conforming_strings` on, which the transaction sets. Like PostgreSQL's scanner it knows
/// white space and digits in ASCII only; every other character beyond ASCII is part of a name.
/// Forms that are rare and good for hiding, such as `UESCAPE`, are refused rather than understood.
final class Scanner {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Scanner(String sql) {
        this.sql = sql;
    }

    /// All tokens, comments and white space left out.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` for text that does not end
    ///   what it begins
    static List<Token> scan(String sql) {
        refuseWhatIsSentOtherwise(sql);
        var scanner = new Scanner(sql);
        while (scanner.at < sql.length()) {
            scanner.next();
        }
        return scanner.tokens;
    }

    /// On the wire a text ends at NUL, and half of a surrogate pair becomes a question mark: the
    /// server would read something else than was judged.
    private static void refuseWhatIsSentOtherwise(String sql) {
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            throw rejected("A statement cannot contain the character NUL.", nul);
        }
        for (int i = 0; i < sql.length(); i += Character.charCount(sql.codePointAt(i))) {
            if (Character.getType(sql.codePointAt(i)) == Character.SURROGATE) {
                throw rejected("A statement cannot contain half of a character.", i);
            }
        }
    }

    private void next() {
        char c = sql.charAt(at);
        int start = at;
        if (isSpace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            lineComment();
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            string(false);
            add(Token.Kind.VALUE, "", start);
        } else if (c == '"') {
            add(Token.Kind.QUOTED, quotedName(), start);
        } else if (c == '$') {
            dollar();
        } else if (startsWord(c)) {
            word();
        } else if (isDigit(c)) {
            number();
        } else {
            at++;
            add(Token.Kind.SYMBOL, String.valueOf(c), start);
        }
    }

    private void lineComment() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (at >= sql.length()) {
                throw rejected("This comment does not end.", start);
            }
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    /// From the opening quote to behind the closing one.
    private void string(boolean backslashEscapes) {
        int start = at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (backslashEscapes && c == '\\') {
                at += 2;
            } else if (c == '\'') {
                at++;
                if (at >= sql.length() || sql.charAt(at) != '\'') {
                    return;
                }
                at++;
            } else {
                at++;
            }
        }
        throw rejected("This string does not end.", start);
    }

    /// A string that goes on behind a line break takes backslashes there if it did before.
    private void refuseContinuation() {
        int end = at;
        while (isSpace(at()) || sql.startsWith("--", at)) {
            if (isSpace(at())) {
                at++;
            } else {
                lineComment();
            }
        }
        if (at() == '\'') {
            throw rejected("Write this string in one piece, or without E before it.", at);
        }
        at = end;
    }

    private String quotedName() {
        int start = at++;
        var name = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c != '"') {
                name.append(c);
            } else if (at < sql.length() && sql.charAt(at) == '"') {
                name.append('"');
                at++;
            } else {
                return name.toString();
            }
        }
        throw rejected("This quoted name does not end.", start);
    }

    /// A parameter `$1`, or a dollar-quoted string.
    private void dollar() {
        int start = at;
        int end = at + 1;
        if (end < sql.length() && isDigit(sql.charAt(end))) {
            while (end < sql.length() && isDigit(sql.charAt(end))) {
                end++;
            }
            at = end;
            add(Token.Kind.VALUE, "", start);
            return;
        }
        while (end < sql.length() && continuesWord(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            throw rejected("This $ begins neither a parameter nor a string.", start);
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw rejected("This string does not end.", start);
        }
        at = close + tag.length();
        add(Token.Kind.VALUE, "", start);
    }

    /// A name or keyword, or a string or name with a prefix letter.
    private void word() {
        int start = at;
        while (at < sql.length() && continuesWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
        char after = at();
        boolean unicode = word.equals("u") && after == '&' && at + 1 < sql.length();
        if (unicode && sql.charAt(at + 1) == '\'') {
            at++;
            string(false);
            add(Token.Kind.VALUE, "", start);
        } else if (unicode && sql.charAt(at + 1) == '"') {
            at++;
            add(Token.Kind.QUOTED, unicodeName(quotedName(), start), start);
        } else if (after == '\''
                && (word.equals("e") || word.equals("b") || word.equals("x") || word.equals("n"))) {
            string(word.equals("e"));
            if (word.equals("e")) {
                refuseContinuation();
            }
            add(Token.Kind.VALUE, "", start);
        } else if (word.equals("uescape")) {
            throw rejected("UESCAPE is not accepted; write the characters themselves.", start);
        } else {
            add(Token.Kind.WORD, word, start);
        }
    }

    private static String unicodeName(String escaped, int start) {
        var name = new StringBuilder();
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                name.append(c);
                i++;
            } else if (escaped.startsWith("\\\\", i)) {
                name.append('\\');
                i += 2;
            } else {
                boolean six = escaped.startsWith("\\+", i);
                int from = i + (six ? 2 : 1);
                int to = from + (six ? 6 : 4);
                name.appendCodePoint(codePoint(escaped, from, to, start));
                i = to;
            }
        }
        return name.toString();
    }

    private static int codePoint(String escaped, int from, int to, int start) {
        try {
            int point = Integer.parseInt(escaped.substring(from, to), 16);
            if (Character.isValidCodePoint(point)) {
                return point;
            }
        } catch (RuntimeException malformed) {
            throw rejected("This name has an escape that is not one.", start);
        }
        throw rejected("This name has an escape that is not one.", start);
    }

    private void number() {
        int start = at;
        while (startsWord(at()) || isDigit(at()) || at() == '.') {
            at++;
        }
        if (at() == '$' || at() == '\'') {
            throw rejected("Write a space between this number and what follows.", at);
        }
        add(Token.Kind.VALUE, "", start);
    }

    /// The character that comes next; NUL, which no text has, at the end.
    private char at() {
        return at < sql.length() ? sql.charAt(at) : '\0';
    }

    private void add(Token.Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start + 1));
    }

    private static boolean startsWord(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }

    private static boolean continuesWord(char c) {
        return startsWord(c) || isDigit(c) || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// `\v` since PostgreSQL 16; before it is an error.
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static RuntimeException rejected(String reason, int start) {
        return new Problem.QueryRejected(reason, start + 1).exception();
    }
}
