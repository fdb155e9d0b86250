package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The SQL that filters become, and their mistakes that need no database to be seen.
class FiltersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'column':'a'} | value",
                "{'column':'a','value':null} | value",
                "{'column':'a','value':[1]} | value",
                "{'column':'a','value':{'b':1}} | value",
                "{'column':'a','op':'in','value':1} | value",
                "{'column':'a','op':'in','value':[1,null]} | value.1",
                "{'column':'a','op':'is','value':'never'} | value",
                "{'column':'a','op':'is'} | value",
                "{'column':'a','op':'contains'} | value",
                "{'column':'a','op':'regex','value':'x'} | op",
                "{'column':'a','op':7,'value':'x'} | op",
                "{'column':7,'value':'x'} | column",
                "{'column':'','value':'x'} | column",
                "{'colum':'a','value':'x'} | colum",
                "{'and':[{'column':'a','value':1}],'op':'eq'} | op",
                "{'and':[]} | and",
                "{'and':[{'column':'a','value':1}],'column':'a'} | ",
                "{'or':{'column':'a'}} | or",
                "{'or':[{'not':{'and':[7]}}]} | or.0.not.and.0",
                "7 | ",
                "{'not':{'not':{'not':{'not':{'not':{'not':{'not':{'not':7}}}}}}}}"
                        + " | not.not.not.not.not.not.not.not"
            })
    void a_mistake_is_named_by_its_place(String filter, String place) {
        String json = "[{'column':'b','value':1}," + filter + "]";
        String expected = place == null ? "filters.1" : "filters.1." + place;

        assertThat(refusal(new JsonArray(json.replace('\'', '"'))).field()).isEqualTo(expected);
    }

    @Test
    void there_are_a_hundred_filters_at_most_however_they_are_nested() {
        var many = new JsonArray();
        for (int i = 0; i < 100; i++) {
            many.add(new JsonArray("[{\"column\":\"a\",\"value\":1}]").getJsonObject(0));
        }
        sql(many);

        var one = new JsonArray();
        one.add(new JsonObject().put("or", many));
        assertThat(refusal(one).reason()).contains("more than 100");
    }

    @Test
    void names_are_quoted_and_values_are_bound() {
        var filters =
                new JsonArray(
                        """
                        [{"column":"a\\" or true --","value":"' or true --"},
                         {"not":{"or":[{"column":"b","op":"in","value":[1,2]},
                                       {"column":"c","op":"is","value":null}]}}]
                        """);
        PlacedSql sql = sql(filters);

        assertThat(sql.text())
                .isEqualTo(
                        " where t.\"a\"\" or true --\" = $1"
                                + " and not ((t.\"b\" = any($2) or t.\"c\" is null))");
        assertThat(sql.parameters()).hasSize(2).startsWith("' or true --");
    }

    private static PlacedSql sql(JsonArray filters) {
        var sql = new PlacedSql();
        Filters.append(sql, " where ", "t", filters, "filters");
        return sql;
    }

    private static Problem.Invalid refusal(JsonArray filters) {
        var refused = new Problem.Invalid[1];
        assertThatThrownBy(() -> sql(filters))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> refused[0] = (Problem.Invalid) failure.problem());
        return refused[0];
    }
}
