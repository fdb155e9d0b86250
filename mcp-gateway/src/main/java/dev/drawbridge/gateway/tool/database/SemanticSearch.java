package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.embedding.EmbeddingModel;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Databases.Database;
import dev.drawbridge.gateway.tool.Features;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds rows by what they mean.
@Singleton
final class SemanticSearch implements Tool {
    private static final String EMBEDDINGS = CatalogFile.read("embeddings");
    private static final String EXPLAIN = "explain (format json) ";

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "semantic_search",
                    "Search by meaning",
                    "Finds the rows of a table whose embedding is nearest to a text or vector. It"
                            + " may be in the table or in one that refers to it, as pgvector's type or an"
                            + " array of numbers.",
                    SearchWish.schema(),
                    SearchAnswer.schema(),
                    ToolDefinition.Hints.READS_ROWS,
                    Set.of(Features.DATABASE));

    private final Databases databases;
    private final SqlGuard guard;
    private final EmbeddingModel model;
    private final SearchConfig config;

    SemanticSearch(Databases databases, SqlGuard guard, EmbeddingModel model, SearchConfig config) {
        this.databases = databases;
        this.guard = guard;
        this.model = model;
        this.config = config;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Future<Outcome<ToolAnswer>> call(ToolCall call) {
        Database database = databases.of(call);
        SearchWish wish = SearchWish.of(call);
        return database.values(EMBEDDINGS, wish.table().schema(), wish.table().table())
                .map(SemanticSearch::table)
                .compose(table -> search(wish, table))
                .compose(search -> answer(database, search))
                .map(Outcome::done);
    }

    private static SearchedTable table(List<List<@Nullable Object>> rows) {
        if (rows.isEmpty() || !(rows.getFirst().getFirst() instanceof JsonObject told)) {
            throw invalid("table", "is no table or view of that schema that you may read");
        }
        return SearchedTable.of(told);
    }

    private Future<Search> search(SearchWish wish, SearchedTable table) {
        Embedding embedding = table.embedding(wish.column());
        table.check(wish, embedding);
        List<SearchedTable.Column> columns = table.columns(wish);
        String text = wish.vector().isEmpty() ? wish.text() : null;
        Future<List<Float>> vector =
                text == null
                        ? Future.succeededFuture(wish.vector())
                        : model.embed(List.of(text)).map(List::getFirst);
        return vector.map(numbers -> {
            var search = new Search(wish, table, embedding, columns, numbers);
            check(search, embedding.dimensions());
            return search;
        });
    }

    private void check(Search search, @Nullable Integer dimensions) {
        if (dimensions != null && dimensions != search.vector().size()) {
            boolean ours = search.wish().vector().isEmpty();
            throw invalid(
                    ours ? "query" : "vector",
                    (ours ? model.name() + " makes " : "has ")
                            + search.vector().size()
                            + " numbers, and "
                            + search.embedding().named()
                            + " "
                            + dimensions
                            + ": give a vector of the model that made it");
        }
    }

    /// Left to itself, it takes the index where the planner does, and where there is more than can
    /// be compared.
    private Future<ToolAnswer> answer(Database database, Search search) {
        return switch (search.way()) {
            case EXACT -> count(database, search).compose(count -> exact(database, search, count));
            case INDEX ->
                    byIndex(database, search, true)
                            .compose(found ->
                                    found != null
                                            ? Future.succeededFuture(found)
                                            : count(database, search)
                                                    .compose(count ->
                                                            exact(database, search, count)));
            case AUTO ->
                    byIndex(database, search, false)
                            .compose(found ->
                                    found != null
                                            ? Future.succeededFuture(found)
                                            : small(database, search));
        };
    }

    private Future<ToolAnswer> small(Database database, Search search) {
        return count(database, search)
                .compose(count ->
                        count <= config.exactRows()
                                ? exact(database, search, count)
                                : byIndex(database, search, true)
                                        .compose(found ->
                                                found != null
                                                        ? Future.succeededFuture(found)
                                                        : exact(database, search, count)));
    }

    /// Null when the planner would take no index.
    ///
    /// @param insisting whether it is to take one that costs more
    private Future<@Nullable ToolAnswer> byIndex(
            Database database, Search search, boolean insisting) {
        PlacedSql sql = SearchSql.of(search, true, config.exactRows());
        Map<String, String> settings = search.settings(insisting);
        return plan(database, sql, settings)
                .compose(plan -> {
                    String index = search.indexIn(plan);
                    return index == null
                            ? Future.succeededFuture()
                            : rows(database, sql, search, settings)
                                    .map(rows ->
                                            new SearchAnswer(search, model).byIndex(rows, index));
                });
    }

    private Future<String> plan(Database database, PlacedSql sql, Map<String, String> settings) {
        var plan =
                new Statement(EXPLAIN + sql.text(), sql.parameters(), 0, 10, EXPLAIN.length())
                        .with(settings);
        return guard.read(sql.text())
                .compose(judged -> database.values(judged.query(), plan))
                .recover(failure -> Future.failedFuture(sql.placed(failure)))
                .map(String::valueOf);
    }

    private Future<ToolAnswer> exact(Database database, Search search, int count) {
        int most = config.exactRows();
        return rows(database, SearchSql.of(search, false, most), search, Map.of())
                .map(rows -> new SearchAnswer(search, model).exact(rows, count, most));
    }

    /// How many rows an exact search would compare: at most one more than it may.
    private Future<Integer> count(Database database, Search search) {
        PlacedSql probe = SearchSql.probe(search, config.exactRows());
        return guard.read(probe.text())
                .compose(judged -> database.values(judged, probe.statement(1)))
                .recover(failure -> Future.failedFuture(probe.placed(failure)))
                .map(told -> {
                    Object size = told.getFirst().get(1);
                    check(search, size instanceof Number number ? number.intValue() : null);
                    return told.getFirst().get(0) instanceof Number number ? number.intValue() : 0;
                });
    }

    private Future<EncodedRows> rows(
            Database database, PlacedSql sql, Search search, Map<String, String> settings) {
        Statement statement = sql.statement(search.wish().limit()).with(settings);
        return guard.read(sql.text())
                .compose(judged -> database.encoded(judged, statement))
                .recover(failure -> Future.failedFuture(sql.placed(failure)));
    }
}
