package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What filters mean is what SQL means, worked out here beside it, and texts in them are only ever
/// values.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class FilterMeaningTest extends TableTools {
    @Test
    void filters_that_are_made_up_find_the_rows_that_they_should() {
        McpClient client = McpClient.connect(endpoint, "clerk");
        JsonArray all =
                structured(client.call("query_table", made().put("limit", 1000)))
                        .getJsonArray("rows");
        var found = new AtomicInteger();

        qt().withExamples(600)
                .forAll(RandomFilters.trees())
                .check(filter -> {
                    JsonArray rows =
                            structured(
                                            client.call(
                                                    "query_table",
                                                    made().put("limit", 1000)
                                                            .put("filters", list(filter))))
                                    .getJsonArray("rows");
                    List<Object> expected =
                            all.stream()
                                    .map(JsonArray.class::cast)
                                    .filter(row -> Boolean.TRUE.equals(Meaning.of(filter, row)))
                                    .map(row -> row.getValue(0))
                                    .toList();
                    found.addAndGet(expected.isEmpty() ? 0 : 1);
                    return ids(rows).equals(expected);
                });
        assertThat(all).hasSizeGreaterThan(300);
        assertThat(found.get()).isGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"column\":\"tags\",\"op\":\"contains\",\"value\":[\"gift\"]} | 1",
                "{\"column\":\"tags\",\"op\":\"overlaps\",\"value\":[\"gift\",\"glass\"]} | 1 2",
                "{\"column\":\"label\",\"op\":\"contains\",\"value\":{\"to\":\"Ben\"}} | 1",
                "{\"column\":\"due\",\"op\":\"contains\",\"value\":\"[2026-02-02,2026-02-02]\"} | 2",
                "{\"column\":\"due\",\"op\":\"overlaps\",\"value\":\"[2026-02-04,2027-01-01)\"} | 2 4",
                "{\"column\":\"state\",\"op\":\"in\",\"value\":[\"sent\",\"lost\"]} | 1 2",
                "{\"column\":\"sent\",\"op\":\"gt\",\"value\":\"2026-01-01\"} | 1",
                "{\"column\":\"weight\",\"op\":\"lte\",\"value\":1.5} | 1 4",
                "{\"column\":\"fragile\",\"op\":\"is\",\"value\":\"unknown\"} | 3",
                "{\"column\":\"receiver\",\"op\":\"is\",\"value\":null} | 4",
                "{\"column\":\"receiver\",\"op\":\"is_null\"} | 4",
                "{\"column\":\"receiver\",\"op\":\"is_not_null\"} | 1 2 3",
                "{\"column\":\"sender\",\"op\":\"in\",\"value\":[]} | ''"
            })
    void every_type_is_compared_as_itself(String filter, String ids) {
        JsonObject call =
                on("parcel")
                        .put("select", list("id"))
                        .put("order", list("id"))
                        .put("filters", list(new JsonObject(filter)));

        assertThat(ids(ask("query_table", call).getJsonArray("rows")))
                .extracting(String::valueOf)
                .isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
    }

    private JsonObject made() {
        return on("made").put("order", list("id"));
    }

    private static List<Object> ids(JsonArray rows) {
        return rows.stream().map(row -> ((JsonArray) row).getValue(0)).toList();
    }
}
