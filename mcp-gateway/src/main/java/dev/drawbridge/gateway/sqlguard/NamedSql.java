package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A statement whose parameters have names, `:name`, as the server takes it: `$1`, `$2` … in the
/// order in which the names first come. What PostgreSQL's scanner would not see as a colon before a
/// name is left alone: strings, comments, quoted names, `::type`, `:=`, slices of numbers.
///
/// @param text for the server
/// @param names of the parameters, in order
public record NamedSql(String text, List<String> names, List<Replaced> replaced) {
    /// What a parameter may be called.
    public static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    /// Up to where the text for the server is what was written, and what it lacks from there on.
    ///
    /// @param end position behind a `$n`, from one
    /// @param shorter by how many characters the text up to there is shorter than what was written
    record Replaced(int end, int shorter) {}

    /// Reads what somebody wrote.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` for what does not end what
    ///   it begins, `$n`, and a name that cannot be one, with the place
    public static NamedSql parse(String sql) {
        List<Token> tokens = Scanner.scan(sql);
        var text = new StringBuilder();
        List<String> names = new ArrayList<>();
        List<Replaced> replaced = new ArrayList<>();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            refuseNumbered(sql, token);
            if (!token.isSymbol(':') || i + 1 == tokens.size()) {
                continue;
            }
            Token next = tokens.get(i + 1);
            boolean touches = next.position() == token.position() + 1;
            if (touches && next.kind() == Token.Kind.WORD) {
                String name = name(sql, tokens, i + 1);
                text.append(sql, copied, token.position() - 1)
                        .append('$')
                        .append(index(names, name));
                copied = next.position() - 1 + name.length();
                replaced.add(new Replaced(text.length() + 1, copied - text.length()));
                i++;
            } else if (touches && next.isSymbol(':')) {
                i++; // A cast.
            }
        }
        text.append(sql, copied, sql.length());
        return new NamedSql(text.toString(), List.copyOf(names), List.copyOf(replaced));
    }

    /// Where a character of the text for the server stands in what was written.
    ///
    /// @param position from one; 0 for none
    public int written(int position) {
        int shorter = 0;
        for (Replaced one : replaced) {
            if (one.end() > position) {
                break;
            }
            shorter = one.shorter();
        }
        return position == 0 ? 0 : position + shorter;
    }

    private static int index(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name) + 1;
    }

    /// As it was written: the scanner has folded it to lower case.
    private static String name(String sql, List<Token> tokens, int at) {
        int start = tokens.get(at).position() - 1;
        var name = NAME.matcher(sql).region(start, sql.length());
        boolean known = name.lookingAt();
        int end = start + tokens.get(at).text().length();
        if (!known || name.end() != end) {
            throw new Problem.QueryRejected(
                            "A parameter's name has 1 to 63 letters without accents, digits and"
                                    + " underscores; in a slice, write a space behind the colon.",
                            start)
                    .exception();
        }
        return name.group();
    }

    private static void refuseNumbered(String sql, Token token) {
        int start = token.position() - 1;
        if (token.kind() == Token.Kind.VALUE
                && sql.charAt(start) == '$'
                && Character.isDigit(sql.charAt(start + 1))) {
            throw new Problem.QueryRejected(
                            "Parameters have names here: write :name.", token.position())
                    .exception();
        }
    }
}
