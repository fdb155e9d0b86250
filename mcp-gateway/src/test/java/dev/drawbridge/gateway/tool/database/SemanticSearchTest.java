package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SemanticSearchTest extends MeaningCase {
    private static final String QUESTION = "something warm to sleep in at high altitude";

    @Test
    void compares_every_row_of_an_array_and_says_so() throws SQLException {
        JsonObject found = found(products(QUESTION).put("column", "embedding"));

        assertThat(column(found, "id")).isEqualTo(nearest(QUESTION, 10));
        assertThat(found.getString("search")).isEqualTo("exact");
        assertThat(found.getBoolean("complete")).isTrue();
        assertThat(found.getString("model")).isEqualTo("all-minilm-l6-v2-q");
        assertThat(found.getJsonArray("columns").encode())
                .isEqualTo(
                        "[{\"name\":\"id\",\"type\":\"int4\"},{\"name\":\"name\",\"type\":\"text\"},"
                                + "{\"name\":\"category\",\"type\":\"text\"},{\"name\":\"description\",\"type\":\"text\"},"
                                + "{\"name\":\"similarity\",\"type\":\"float8\"}]");
    }

    @Test
    void finds_the_same_by_an_index() throws SQLException {
        requirePgvector();

        JsonObject result = search("reader", products(QUESTION).put("search", "index"));

        JsonObject found = structured(result);
        assertThat(column(found, "id")).isEqualTo(nearest(QUESTION, 10));
        assertThat(found.getString("search")).isEqualTo("index");
        assertThat(found.getString("index")).isEqualTo("meaning_cosine");
        assertThat(text(result))
                .endsWith("10 rows by the index meaning_cosine (approximate, cosine).");
    }

    @Test
    void compares_few_rows_and_asks_the_index_for_many() throws SQLException {
        requirePgvector();

        JsonObject few = found(products(QUESTION));
        JsonObject many =
                found(
                        new JsonObject()
                                .put("table", "many")
                                .put("vector", new JsonArray().add(1).add(0))
                                .put("limit", 1));

        assertThat(few.getString("search")).isEqualTo("exact");
        assertThat(column(few, "id")).isEqualTo(nearest(QUESTION, 10));
        assertThat(many.getString("index")).isEqualTo("many_cosine");
        assertThat(many.getBoolean("complete")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "index"})
    void shows_each_caller_its_own_rows(String way) {
        if (way.equals("index")) {
            requirePgvector();
        }
        var notes =
                new JsonObject()
                        .put("table", "note")
                        .put("query", QUESTION)
                        .put("search", way)
                        .put("select", new JsonArray().add("owner"));
        if (way.equals("exact")) {
            notes.put("column", "embedding");
        }

        JsonObject own = found(notes);
        JsonObject all = structured(search("head", notes));

        assertThat(own.getString("search")).isEqualTo(way);
        assertThat(column(own, "owner")).hasSize(10).containsOnly("reader");
        assertThat(column(all, "owner")).hasSize(10).doesNotHaveDuplicates();
        assertThat(structured(search("nobody-of-notes", notes)).getInteger("rowCount")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "index"})
    void keeps_to_filters_and_columns(String way) throws SQLException {
        requirePgvector();
        JsonObject found =
                found(
                        products(QUESTION)
                                .put("search", way)
                                .put("select", new JsonArray().add("id").add("price"))
                                .put(
                                        "filters",
                                        new JsonArray()
                                                .add(filter("category", "eq", "Clothing"))
                                                .add(filter("price", "lt", 60))));

        assertThat(column(found, "id"))
                .isEqualTo(
                        byHand(nearest(QUESTION, "p.category = 'Clothing' and p.price < 60", 10)));
        assertThat(column(found, "price")).hasSize(10);
    }

    @Test
    void gives_no_more_than_was_asked_and_nothing_that_is_too_far() {
        JsonObject found = found(products(QUESTION).put("threshold", 0.35).put("limit", 100));

        assertThat(column(found, "similarity"))
                .isNotEmpty()
                .hasSizeLessThan(100)
                .allSatisfy(
                        it -> assertThat(((Number) it).doubleValue()).isGreaterThanOrEqualTo(0.35));
        assertThat(found(products(QUESTION).put("limit", 3)).getInteger("rowCount")).isEqualTo(3);
    }

    @Test
    void takes_a_vector_instead_of_a_text() throws SQLException {
        JsonObject found =
                found(
                        new JsonObject()
                                .put("table", "product")
                                .put("column", "embedding")
                                .put("vector", new JsonArray(vector(QUESTION))));

        assertThat(column(found, "id")).isEqualTo(nearest(QUESTION, 10));
        assertThat(found.containsKey("model")).isFalse();
    }

    @Test
    void finds_by_words_what_the_meaning_alone_does_not() {
        var question = products("Heritage").put("column", "embedding").put("limit", 20);

        JsonObject hybrid = found(question.copy().put("hybrid", true));

        long named = named(hybrid, "Heritage");
        assertThat(named).isGreaterThan(named(found(question), "Heritage"));
        assertThat(column(hybrid, "score")).isSortedAccordingTo((a, b) -> compare(b, a));
    }

    @Test
    void gives_variety_when_it_is_asked_for() {
        var question = products(QUESTION).put("column", "embedding");

        var plain = column(found(question), "id");
        var nearest = column(found(question.copy().put("mmr_lambda", 1)), "id");
        var varied = found(question.copy().put("mmr_lambda", 0.3));

        assertThat(nearest).isEqualTo(plain);
        assertThat(column(varied, "id").getFirst()).isEqualTo(plain.getFirst());
        assertThat(column(varied, "id")).doesNotHaveDuplicates().hasSize(10).isNotEqualTo(plain);
        assertThat(column(varied, "category").stream().distinct().count())
                .isGreaterThan(column(found(question), "category").stream().distinct().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'hybrid': true}",
                "{'mmr_lambda': 0.5}",
                "{'hybrid': true, 'mmr_lambda': 0.5}"
            })
    void looks_for_words_and_variety_behind_an_index_too(String more) {
        requirePgvector();

        JsonObject found =
                found(
                        products(QUESTION)
                                .put("search", "index")
                                .mergeIn(new JsonObject(more.replace('\'', '"'))));

        assertThat(found.getString("index")).isEqualTo("meaning_cosine");
        assertThat(column(found, "id")).hasSize(10).doesNotHaveDuplicates();
        assertThat(column(found, "name").toString()).contains("Sleeping Bag");
    }

    @Test
    void searches_half_as_exact_numbers_and_views() throws SQLException {
        requirePgvector();
        var half =
                new JsonObject().put("table", "note").put("column", "half").put("query", QUESTION);
        var view =
                new JsonObject()
                        .put("table", "offer")
                        .put("query", QUESTION)
                        .put("select", new JsonArray().add("id"));

        assertThat(found(half).getInteger("rowCount")).isEqualTo(10);
        assertThat(column(found(view), "id")).isEqualTo(nearest(QUESTION, 10));
        assertThat(error(search("reader", view.copy().put("hybrid", true))).getString("field"))
                .isEqualTo("hybrid");
    }

    @Test
    void says_that_there_is_no_index_to_use() {
        JsonObject result =
                search(
                        "reader",
                        products(QUESTION).put("column", "embedding").put("search", "index"));

        assertThat(structured(result).getString("search")).isEqualTo("exact");
        assertThat(text(result)).endsWith("No index could be used.");
    }

    @ParameterizedTest
    @CsvSource({"l2,distance,<->", "inner_product,inner_product,<#>"})
    void measures_as_pgvector_does(String metric, String output, String operator)
            throws SQLException {
        requirePgvector();

        JsonObject found = found(products(QUESTION).put("metric", metric));

        assertThat(column(found, "id"))
                .isEqualTo(
                        byHand(
                                "select product_id from shelf.meaning order by embedding_vector %s '%s' limit 10"
                                        .formatted(operator, vector(QUESTION))));
        assertThat(column(found, output)).hasSize(10);
    }

    @Test
    void says_when_there_are_more_rows_than_it_compares() {
        var far =
                new JsonObject()
                        .put("table", "many")
                        .put("column", "place")
                        .put("vector", new JsonArray().add(1).add(0))
                        .put("limit", 1);

        JsonObject result = search("reader", far);
        JsonObject narrowed =
                found(far.copy().put("filters", new JsonArray().add(filter("id", "lte", 100))));

        assertThat(structured(result).getBoolean("complete")).isFalse();
        assertThat(text(result)).contains("of the first 10000 that match", "narrow the filters");
        assertThat(narrowed.getBoolean("complete")).isTrue();
        assertThat(column(narrowed, "id")).containsExactly(44);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'table': 'absent', 'query': 'x'} | table | is no table or view of that schema",
                "{'table': 'plain', 'query': 'x'} | table | has no embedding",
                "{'table': 'two', 'query': 'x'} | column | say which: first_vector, second_vector",
                "{'table': 'product', 'column': 'name', 'query': 'x'} | column | is none of the embeddings",
                "{'table': 'product'} | query | give a query or a vector",
                "{'table': 'product', 'vector': [1, 2]} | vector | has 2 numbers, and",
                "{'table': 'many', 'query': 'x'} | query | all-minilm-l6-v2-q makes 384 numbers",
                "{'table': 'product', 'query': 'x', 'select': ['secret']} | select.0 | is no column that you may read; there are id, category",
                "{'table': 'product', 'column': 'embedding', 'query': 'x', 'metric': 'l2'} | metric | must be cosine for an array",
                "{'table': 'product', 'query': 'x', 'metric': 'l2', 'threshold': 1} | threshold | goes with metric cosine",
                "{'table': 'product', 'vector': [1], 'hybrid': true} | query | is needed to search by words",
                "{'table': 'product', 'query': 'x', 'filters': [{'column': 'nope', 'value': 1}]} | filters.0.column | does not exist"
            })
    void says_what_is_wrong_with_a_search(String arguments, String field, String reason) {
        JsonObject error = error(search("reader", new JsonObject(arguments.replace('\'', '"'))));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo(field);
        assertThat(error.getString("detail")).contains(reason);
    }

    @Test
    void names_the_language_of_words_that_it_does_not_know() {
        JsonObject error =
                error(
                        search(
                                "reader",
                                products("x").put("hybrid", true).put("language", "klingon")));

        assertThat(error.getString("detail")).contains("klingon");
    }

    private static long named(JsonObject found, String word) {
        return column(found, "name").stream().filter(it -> it.toString().contains(word)).count();
    }

    private static int compare(Object one, Object other) {
        return Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
    }
}
