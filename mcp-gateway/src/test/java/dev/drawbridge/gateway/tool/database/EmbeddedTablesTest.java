package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class EmbeddedTablesTest extends TableTools {
    @Test
    void one_row_is_an_object_and_many_are_a_list() {
        assertThat(
                        embedding(
                                "parcel",
                                of(
                                        "table",
                                        "person",
                                        "via",
                                        "parcel_to",
                                        "as",
                                        "receiver_is",
                                        "select",
                                        list("name")),
                                of("table", "line", "select", list("what"), "order", list("no"))))
                .isEqualTo(
                        "[[1,{\"name\":\"Ben\"},[{\"what\":\"novel\"},{\"what\":\"card\"}]],"
                                + "[2,{\"name\":\"Cleo\"},[{\"what\":\"vase\"}]],"
                                + "[3,{\"name\":\"Ada\"},[]],"
                                + "[4,null,[]]]");
    }

    @Test
    void a_unique_key_leads_to_one_row_in_both_directions() {
        assertThat(embedding("person", of("table", "address", "select", list("city"))))
                .isEqualTo("[[1,{\"city\":\"Riga\"}],[2,{\"city\":\"Oslo\"}],[3,null],[4,null]]");
    }

    @Test
    void a_table_is_embedded_in_itself_by_columns_or_by_the_name_of_the_key() {
        assertThat(
                        embedding(
                                "person",
                                of("table", "person", "via", "boss", "select", list("id")),
                                of(
                                        "table",
                                        "person",
                                        "via",
                                        "person_boss_fkey",
                                        "as",
                                        "staff",
                                        "select",
                                        list("id"),
                                        "order",
                                        list("id"))))
                .isEqualTo(
                        "[[1,null,[{\"id\":2},{\"id\":3}]],[2,{\"id\":1},[{\"id\":4}]],"
                                + "[3,{\"id\":1},[]],[4,{\"id\":2},[]]]");
    }

    @Test
    void embedded_rows_are_filtered_bounded_and_counted() {
        assertThat(
                        embedding(
                                "parcel",
                                of(
                                        "table",
                                        "line",
                                        "select",
                                        list("no"),
                                        "filters",
                                        list(filter("pieces", "gt", 0)),
                                        "order",
                                        list(of("column", "no", "dir", "desc")),
                                        "limit",
                                        1),
                                of(
                                        "table",
                                        "line",
                                        "as",
                                        "all",
                                        "select",
                                        list(of("fn", "sum", "column", "pieces", "as", "n")))))
                .isEqualTo(
                        "[[1,[{\"no\":2}],[{\"n\":4}]],[2,[{\"no\":1}],[{\"n\":2}]],"
                                + "[3,[],[{\"n\":null}]],[4,[],[{\"n\":null}]]]");
    }

    @Test
    void inner_leaves_only_rows_that_have_one() {
        JsonObject vase =
                of(
                        "table",
                        "line",
                        "inner",
                        true,
                        "select",
                        list("what"),
                        "filters",
                        list(filter("what", "eq", "vase")));

        assertThat(embedding("parcel", vase)).isEqualTo("[[2,[{\"what\":\"vase\"}]]]");
        assertThat(
                        embedding(
                                "person",
                                of(
                                        "table",
                                        "parcel",
                                        "via",
                                        "sender",
                                        "inner",
                                        true,
                                        "select",
                                        list("id"),
                                        "embed",
                                        list(vase))))
                .isEqualTo("[[1,[{\"id\":2,\"line\":[{\"what\":\"vase\"}]}]]]");
    }

    @Test
    void pages_and_orders_are_those_of_the_table() {
        JsonObject call =
                on("parcel")
                        .put("select", list("id"))
                        .put("order", list(of("column", "sender", "dir", "desc"), "id"))
                        .put("embed", list(of("table", "line", "select", list("no"))))
                        .put("limit", 2);
        JsonObject first = ask("query_table", call);

        assertThat(first.getJsonArray("rows").encode()).isEqualTo("[[4,[]],[3,[]]]");
        assertThat(rows("query_table", call.put("cursor", first.getString("nextCursor"))))
                .isEqualTo("[[1,[{\"no\":1},{\"no\":2}]],[2,[{\"no\":1}]]]");
    }

    @Test
    void what_is_not_or_not_only_related_is_told_with_what_there_is() {
        assertThat(refused(of("table", "person")))
                .contains("embed.0.via", "person (via sender", "person (via receiver");
        assertThat(refused(of("table", "person", "via", "weight")))
                .contains("embed.0.via", "is none of");
        assertThat(refused(of("table", "address")))
                .contains("embed.0.table", "line (via line_parcel_fkey, to many rows)");
        assertThat(refused(of("table", "secret"))).contains("embed.0.table");
        assertThat(refused(of("table", "line", "limit", 101))).contains("embed.0.limit");
        assertThat(refused(of("table", "line", "selekt", list("no")))).contains("embed.0.selekt");
        assertThat(refused(of("table", "line", "select", list("nothing"))))
                .contains("embed.0.select.0");
        assertThat(refused(of("table", "line", "filters", list(filter("no", "eq", "x")))))
                .contains("embed.0.filters.0.value");
    }

    private String embedding(String table, Object... embedded) {
        return rows(
                "query_table",
                on(table)
                        .put("select", list("id"))
                        .put("order", list("id"))
                        .put("embed", list(embedded)));
    }

    private String refused(JsonObject embedded) {
        JsonObject error = refusal("query_table", on("parcel").put("embed", list(embedded)));
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        return error.getString("field") + ": " + error.getString("detail");
    }
}
