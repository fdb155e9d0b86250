package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.database.SearchedTable.Column;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A wish and what it means in its database.
///
/// @param columns to show
/// @param vector to search for
record Search(
        SearchWish wish,
        SearchedTable table,
        Embedding embedding,
        List<Column> columns,
        List<Float> vector) {

    /// Whether not every row of the table counts for this caller.
    boolean isFiltered() {
        return !wish.filters().isEmpty() || table.secured() || embedding.secured();
    }

    /// How rows can be found: an index of an older pgvector gives up before the filters have left
    /// enough of them.
    SearchWish.Way way() {
        var pgvector = table.pgvector();
        boolean reaches = pgvector != null && (pgvector.iterates() || !isFiltered());
        boolean indexed = !embedding.indexes(wish.metric()).isEmpty();
        return reaches && indexed ? wish.way() : SearchWish.Way.EXACT;
    }

    /// The index that a plan takes; null if it takes none.
    ///
    /// @param plan as JSON
    @Nullable String indexIn(String plan) {
        return embedding.indexes(wish.metric()).stream()
                .map(Embedding.Index::name)
                .filter(name -> plan.contains("\"Index Name\":" + Json.encode(name)))
                .findFirst()
                .orElse(null);
    }

    /// What an index is searched with.
    ///
    /// @param insisting whether the planner is to take one that costs more
    Map<String, String> settings(boolean insisting) {
        var pgvector = table.pgvector();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("hnsw.ef_search", "200");
        settings.put("ivfflat.probes", "20");
        if (pgvector != null && pgvector.iterates()) {
            settings.put("hnsw.iterative_scan", "strict_order");
            settings.put("ivfflat.iterative_scan", "relaxed_order");
        }
        if (insisting) {
            settings.put("enable_seqscan", "off");
            settings.put("enable_sort", "off");
        }
        return settings;
    }

    /// What the table of the embedding is called.
    String home() {
        return embedding.isLinked() ? "v" : "t";
    }

    /// The embedding's column.
    String column() {
        return home() + "." + quoted(embedding.column());
    }

    /// The type that the vector is given.
    String type() {
        return embedding.pgvector()
                ? extension() + "." + embedding.type() + "(" + vector.size() + ")"
                : "float8[]";
    }

    /// The vector as PostgreSQL reads it.
    String literal() {
        String numbers = vector.stream().map(String::valueOf).collect(Collectors.joining(","));
        return embedding.pgvector() ? "[" + numbers + "]" : "{" + numbers + "}";
    }

    /// How many numbers the embedding has.
    String size() {
        return embedding.pgvector()
                ? extension() + ".vector_dims(" + column() + ")"
                : "cardinality(" + column() + ")";
    }

    /// What an index orders by.
    String distance(String one, String other) {
        return one + " operator(" + extension() + "." + wish.metric().operator() + ") " + other;
    }

    /// The same the other way round: more is nearer. Null where there is no direction.
    String nearness(String one, String other) {
        if (embedding.pgvector()) {
            return wish.metric() == Metric.COSINE
                    ? "nullif(1 - (" + distance(one, other) + "), 'NaN')"
                    : "-(" + distance(one, other) + ")";
        }
        return "(select sum(p.a::float8 * p.b) / nullif(sqrt(sum(p.a::float8 * p.a))"
                + " * sqrt(sum(p.b::float8 * p.b)), 0) from unnest("
                + one
                + ", "
                + other
                + ") as p(a, b))";
    }

    private String extension() {
        var pgvector = table.pgvector();
        if (pgvector == null) {
            throw new IllegalStateException("an embedding of pgvector's without pgvector");
        }
        return quoted(pgvector.schema());
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
