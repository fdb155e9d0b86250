package dev.drawbridge.gateway.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An index that may be worth it.
///
/// @param keys columns and expressions, each with what is not as usual of it
/// @param include columns that it only carries
/// @param where its condition; empty for all rows
public record Candidate(
        Table table, String method, List<String> keys, List<String> include, String where) {
    /// What a tuple of an index takes beside its values, with the pointer to it, in bytes.
    private static final double TUPLE = 8 + 4;

    private static final double FULL = 0.9;
    private static final long SMALLEST = 16_384;
    private static final int LONGEST_NAME = 63;

    /// How it would be made.
    public String sql() {
        return "create index on " + definition();
    }

    /// How it is made without stopping those who write.
    public String concurrently() {
        return "CREATE INDEX CONCURRENTLY " + name() + " ON " + definition() + ";";
    }

    /// How it is taken back.
    public String rollback() {
        return "DROP INDEX CONCURRENTLY " + quoted(table.schema()) + "." + name() + ";";
    }

    private String definition() {
        return table.sql()
                + (method.equals("btree") ? "" : " using " + method)
                + " ("
                + String.join(", ", keys)
                + ")"
                + (include.isEmpty() ? "" : " include (" + String.join(", ", include) + ")")
                + (where.isEmpty() ? "" : " where " + where);
    }

    /// In words of the table and what it is on, so that it says what it is.
    public String name() {
        var name = new StringBuilder(word(table.name()));
        keys.forEach(key -> name.append('_').append(word(bare(key))));
        if (!include.isEmpty()) {
            name.append("_incl");
        }
        if (!where.isEmpty()) {
            name.append("_part");
        }
        String suffix = "_" + Integer.toHexString(definition().hashCode() & 0xfff) + "_idx";
        int most = LONGEST_NAME - suffix.length();
        return name.substring(0, Math.min(name.length(), most)) + suffix;
    }

    private static String word(String text) {
        String word = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return word.replaceAll("^_|_$", "");
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// A key without what is not as usual of it.
    static String bare(String key) {
        return key.replaceFirst(
                " (?:COLLATE|DESC|NULLS FIRST|NULLS LAST|text_pattern_ops|jsonb_path_ops).*$", "");
    }

    /// Columns that it holds, as the catalog has them.
    List<String> held() {
        List<String> held = new ArrayList<>();
        keys.forEach(key -> held.add(unquoted(bare(key))));
        include.forEach(key -> held.add(unquoted(key)));
        return held;
    }

    static String unquoted(String key) {
        return key.startsWith("\"")
                ? key.substring(1, key.length() - 1).replace("\"\"", "\"")
                : key;
    }

    /// About how large it would be.
    ///
    /// @param share of the rows that it holds
    public long bytes(double share) {
        double width = held().stream().mapToDouble(name -> table.column(name).width()).sum();
        double tuple = TUPLE + 8 * Math.ceil(width / 8);
        double all = table.rows() * share * tuple / FULL;
        return Math.max(SMALLEST, Math.round(method.equals("gin") ? all * 2 : all));
    }

    /// Whether an index that there is does the same: the same keys lead, and it holds no fewer rows
    /// and columns; or it is unique by what leads here.
    boolean isServed() {
        return table.indexes().stream().anyMatch(this::isServedBy);
    }

    private boolean isServedBy(Table.Existing there) {
        if (!there.method().equals(method) || !(there.where().isEmpty() || same(there.where()))) {
            return false;
        }
        List<String> its = there.keys().stream().map(Candidate::normal).toList();
        List<String> mine = keys.stream().map(Candidate::normal).toList();
        boolean leads = its.size() >= mine.size() && its.subList(0, mine.size()).equals(mine);
        boolean carries =
                include.isEmpty()
                        || Set.copyOf(there.include()).containsAll(include)
                        || its.containsAll(include);
        boolean isUnique =
                there.unique()
                        && there.where().isEmpty()
                        && mine.size() >= its.size()
                        && mine.subList(0, its.size()).equals(its)
                        && include.isEmpty();
        return (leads && carries) || isUnique;
    }

    private boolean same(String condition) {
        return normal(condition).equals(normal(where));
    }

    private static String normal(String text) {
        return text.replaceAll("[()\\s]", "").toLowerCase(Locale.ROOT);
    }

    /// Whether another one does all that this one does: it begins with the same keys, of the same
    /// rows, and carries the same columns.
    boolean isPartOf(Candidate other) {
        return !equals(other)
                && table.equals(other.table)
                && method.equals(other.method)
                && where.equals(other.where)
                && other.keys.size() >= keys.size()
                && other.keys.subList(0, keys.size()).equals(keys)
                && Set.copyOf(other.held()).containsAll(held());
    }
}
