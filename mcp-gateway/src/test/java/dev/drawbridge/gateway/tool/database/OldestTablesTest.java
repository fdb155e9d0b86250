package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/// The same tools on the oldest PostgreSQL that is supported.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OldestTablesTest extends TableTools {
    @Override
    TestPostgres server() {
        return TestPostgres.start(Path.of("target/postgres-oldest"));
    }

    @Test
    void rows_are_filtered_and_related() {
        JsonObject sender = of("table", "person", "via", "sender", "select", list("name"));

        assertThat(
                        rows(
                                "query_table",
                                on("parcel")
                                        .put("select", list("id"))
                                        .put("filters", list(filter("sender", "eq", 2)))
                                        .put("embed", list(sender))))
                .isEqualTo("[[3,{\"name\":\"Ben\"}]]");
        JsonObject gifts = filter("tags", "contains", list("gift"));
        assertThat(ask("count_rows", on("parcel").put("filters", list(gifts))).getInteger("count"))
                .isOne();
    }

    @Test
    void tables_are_sampled_and_described_and_functions_called() {
        JsonObject log = schema().put("tables", list("mail.log")).put("detail", "full");
        JsonObject twice =
                schema().put("schema", "mail").put("function", "twice").put("args", list(2));

        assertThat(ask("sample_rows", on("big")).getString("sampling")).contains("random pages");
        assertThat(
                        ask("get_schema", log)
                                .getJsonArray("tables")
                                .getJsonObject(0)
                                .getInteger("partitions"))
                .isEqualTo(2);
        assertThat(rows("call_function", twice)).isEqualTo("[[4]]");
    }

    /// This one does not say which parameter it could not read.
    @Test
    void a_value_that_does_not_fit_is_told_where_it_stands() {
        JsonObject call =
                on("parcel")
                        .put(
                                "filters",
                                list(
                                        filter("weight", "gt", 1),
                                        filter("sent", "gt", "once upon a time")));
        JsonObject error = refusal("count_rows", call);

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("filters.1.value");
    }
}
