package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// What attacks in SQL are made of, in every text that a client can send elsewhere than in SQL.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class HostileArgumentsTest extends AttackedGatewayCase {
    private static final List<String> ROADS =
            AnalyticsStatement.text("argument-roads.txt")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\"",
                    "\"\"",
                    "'",
                    "''",
                    "\\",
                    "\\'",
                    ";",
                    "--",
                    "/*",
                    "*/",
                    "$$",
                    "$1",
                    "%",
                    "_",
                    "*",
                    "..",
                    "../../info",
                    "\0",
                    "account\0",
                    "\n",
                    "\r\ncommit",
                    "\u001b[2J",
                    "account\" where set_config('app.tenant', 'b', true) <> '' --",
                    "account\" union all select count(*) from shop.of_the_login --",
                    "account\"; set app.stray = 'left'; --",
                    "account\"; commit; create table shop.pwned (); --",
                    "account'; select pg_advisory_lock(4711); --",
                    "' or '1' = '1",
                    "' || set_config('app.tenant', 'b', false) || '",
                    "') or (select pg_try_advisory_lock(4711)) --",
                    "\" = '' or set_config('app.tenant', 'b', true) = 'b' --",
                    "shop.account",
                    "shop\".\"account",
                    "pg_catalog.set_config",
                    "set_config('app.tenant', 'b', true)",
                    "U&\"set\\005fconfig\"('app.tenant', 'b', true)",
                    "U&\"\\0061ccount\"",
                    "\\0061ccount",
                    "'shop.account'::regclass",
                    "shop.account'::regclass::text",
                    "(select set_config('app.tenant', 'b', true))",
                    "query_to_xml('select secret from shop.account', true, true, '')",
                    "lo_create(0)",
                    "nextval('shop.ticket')",
                    "pg_authid",
                    "pg_stat_activity",
                    "pg_prepared_statements",
                    "of_the_login",
                    "every_account",
                    "xmax",
                    "tableoid",
                    "account (id)",
                    "only account",
                    "account*",
                    "account tablesample bernoulli (100)",
                    "\uff02account\uff02",
                    "\uff07; select 1; --",
                    "\u0430ccount",
                    "acc\u200bount",
                    "\u202etnuocca",
                    "\ufeffaccount",
                    "\u2028",
                    "\ud800",
                    "\ud83d\ude00".repeat(30),
                    "account" + "x".repeat(56),
                    "a".repeat(64),
                    "\u00e9".repeat(63),
                    "%".repeat(100),
                    "*a".repeat(50),
                    "a".repeat(10_000),
                    "\"".repeat(10_000),
                    "%00",
                    "%2e%2e%2f",
                    "%ff",
                    "{0}%s%n${jndi:x}",
                    "connection:*",
                    "postgres user=postgres",
                    "template1",
                    "00000000-0000-0000-0000-000000000000");

    @Test
    void no_text_in_any_argument_does_more_than_it_should() throws SQLException, IOException {
        int sent = 0;
        for (String road : ROADS) {
            int space = road.indexOf(' ');
            for (String text : TEXTS) {
                send(road.substring(0, space), filled(road.substring(space + 1), text));
                sent++;
            }
            judge(road);
        }

        System.out.printf("hostile arguments: %d texts on %d roads%n", TEXTS.size(), ROADS.size());
        assertThat(sent).isGreaterThan(3_000);
    }

    /// What the guard denies to a statement, a table's name must not reach either: a filter would
    /// tell letter by letter what stands there.
    @Test
    void what_no_statement_may_name_is_not_counted() {
        var relations = ReadPolicy.load().relations();
        List<String> denied =
                Stream.concat(
                                relations.exact().stream(),
                                relations.beginnings().stream().map(name -> name + "x"))
                        .toList();
        for (String schema : List.of("pg_catalog", "information_schema")) {
            for (String relation : denied) {
                JsonObject answer =
                        send(
                                "tools/call",
                                new JsonObject()
                                        .put("name", "count_rows")
                                        .put(
                                                "arguments",
                                                new JsonObject()
                                                        .put("connection_id", attacked())
                                                        .put("schema", schema)
                                                        .put("table", relation))
                                        .encode());

                assertThat(error(answer).getString("code"))
                        .as(schema + '.' + relation)
                        .isEqualTo("QUERY_REJECTED");
            }
        }
    }

    @Test
    void an_honest_filter_counts_the_callers_rows() {
        var filters = new JsonArray().add(filter("secret", "like", "o%"));
        JsonObject answer =
                send(
                        "tools/call",
                        new JsonObject()
                                .put("name", "count_rows")
                                .put(
                                        "arguments",
                                        new JsonObject()
                                                .put("connection_id", attacked())
                                                .put("schema", "shop")
                                                .put("table", "account")
                                                .put("filters", filters))
                                .encode());

        assertThat(structured(answer).getInteger("count")).isEqualTo(10);
    }

    private static String filled(String road, String text) {
        String encoded = json(URLEncoder.encode(text, StandardCharsets.UTF_8));
        return road.replace("{}", json(text))
                .replace("{uri}", encoded.substring(1, encoded.length() - 1))
                .replace("{id}", attacked());
    }
}
