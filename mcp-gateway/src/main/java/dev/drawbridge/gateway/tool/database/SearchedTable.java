package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the catalog says of a table that is to be searched by meaning.
///
/// @param secured whether policies decide which rows are seen
/// @param columns those that the login may read
/// @param pgvector the extension; null where it is not
record SearchedTable(
        boolean secured,
        List<Column> columns,
        List<Embedding> embeddings,
        @Nullable Pgvector pgvector) {
    private static final int READABLE = 4;
    private static final Set<String> NAMING = Set.of("name", "title", "label", "subject");

    /// @param category of its type, as `pg_type` has it
    /// @param key whether it is part of the primary key
    record Column(String name, String type, String category, boolean key) {
        boolean isText() {
            return category.equals("S") && !type.equals("name");
        }
    }

    /// @param schema that its types and operators are in
    record Pgvector(String schema, String version) {
        /// Whether an index can go on until enough rows have passed the filters.
        boolean iterates() {
            String[] parts = version.split("\\.", 3);
            return parts.length > 1 && (!parts[0].equals("0") || Integer.parseInt(parts[1]) >= 8);
        }
    }

    static SearchedTable of(JsonObject told) {
        JsonObject extension = told.getJsonObject("pgvector");
        return new SearchedTable(
                told.getBoolean("secured"),
                Embedding.list(told, "columns").stream()
                        .map(column -> (JsonObject) column)
                        .map(column ->
                                new Column(
                                        column.getString("name"),
                                        column.getString("type"),
                                        column.getString("category"),
                                        column.getBoolean("key")))
                        .toList(),
                Embedding.list(told, "embeddings").stream()
                        .map(embedding -> Embedding.of((JsonObject) embedding))
                        .toList(),
                extension == null
                        ? null
                        : new Pgvector(
                                extension.getString("schema"), extension.getString("version")));
    }

    /// The embedding that is meant.
    ///
    /// @param column its name; null for the only one there is, or the best of them
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    Embedding embedding(@Nullable String column) {
        if (embeddings.isEmpty()) {
            throw new Problem.Invalid(
                            "table",
                            "has no embedding: no column of type vector, halfvec, real[] or double"
                                    + " precision[], in it or in a table that refers to it")
                    .exception();
        }
        List<Embedding> meant =
                column == null
                        ? best()
                        : embeddings.stream()
                                .filter(it ->
                                        it.column().equals(column) || it.named().equals(column))
                                .toList();
        if (meant.size() != 1) {
            throw new Problem.Invalid(
                            "column",
                            (column == null ? "say which: " : "is none of the embeddings ")
                                    + (meant.isEmpty() ? embeddings : meant)
                                            .stream()
                                                    .map(Embedding::named)
                                                    .collect(Collectors.joining(", ")))
                    .exception();
        }
        return meant.getFirst();
    }

    private List<Embedding> best() {
        int best = embeddings.stream().mapToInt(SearchedTable::merit).max().orElse(0);
        return embeddings.stream().filter(it -> merit(it) == best).toList();
    }

    /// The table's own before another's, then what an index finds, then what is surely a vector.
    private static int merit(Embedding embedding) {
        String name = embedding.column().toLowerCase(Locale.ROOT);
        return (embedding.isLinked() ? 0 : 8)
                + (embedding.indexes().isEmpty() ? 0 : 4)
                + (embedding.pgvector() ? 2 : 0)
                + (name.contains("embed") || name.contains("vector") ? 1 : 0);
    }

    /// Whether a wish can be fulfilled with an embedding.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    void check(SearchWish wish, Embedding embedding) {
        if (wish.metric() != Metric.COSINE && !embedding.pgvector()) {
            throw new Problem.Invalid("metric", "must be cosine for an array").exception();
        }
        if (wish.hybrid() && embedding.key().isEmpty()) {
            throw new Problem.Invalid("hybrid", "needs a primary key that you may read")
                    .exception();
        }
        if (wish.hybrid() && documents().isEmpty()) {
            throw new Problem.Invalid("hybrid", "needs a column of text").exception();
        }
    }

    /// The columns that a wish asks to see.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    List<Column> columns(SearchWish wish) {
        return wish.select().isEmpty()
                ? readable()
                : IntStream.range(0, wish.select().size())
                        .mapToObj(i -> column(wish.select().get(i), "select." + i))
                        .toList();
    }

    /// The columns that are shown when a call names none: the key, what names a row, other texts.
    private List<Column> readable() {
        return columns.stream()
                .filter(column -> column.key() || column.isText())
                .sorted(
                        Comparator.comparing((Column column) -> !column.key())
                                .thenComparing(column -> !NAMING.contains(column.name())))
                .limit(READABLE)
                .toList();
    }

    private Column column(String name, String at) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Problem.Invalid(
                                        at,
                                        "is no column that you may read; there are "
                                                + columns.stream()
                                                        .map(Column::name)
                                                        .collect(Collectors.joining(", ")))
                                .exception());
    }

    /// What words are looked for in: a column of words, or else the texts.
    List<Column> documents() {
        List<Column> words =
                columns.stream().filter(column -> column.type().equals("tsvector")).toList();
        return words.isEmpty()
                ? columns.stream().filter(Column::isText).toList()
                : words.subList(0, 1);
    }
}
