package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SchemaDetailTest extends TableTools {
    private static final int SHORT = 20_000;

    @Test
    void all_of_a_table_is_told_in_full() {
        String text =
                text(
                        call(
                                "clerk",
                                "get_schema",
                                schema().put("tables", list("mail.parcel")).put("detail", "full")));

        assertThat(text)
                .contains(
                        "mail.parcel  ~4 rows\n",
                        "  id integer not null generated always\n",
                        "  state mail.state (packed, sent, lost) not null default 'packed'::mail.state\n",
                        "  grams numeric generated as ((weight * (1000)::numeric))\n",
                        "  primary key (id)\n",
                        "  foreign key (sender) -> mail.person(id)\n",
                        "  foreign key (receiver) -> mail.person(id)\n",
                        "  referenced by mail.line(parcel) -> (id)\n",
                        "  CREATE INDEX parcel_sender ON mail.parcel USING btree (sender)\n");
        assertThat(
                        text(
                                call(
                                        "clerk",
                                        "get_schema",
                                        schema().put("tables", list("person"))
                                                .put("detail", "full"))))
                .contains("-- Who sends and gets.", "referenced by mail.address(person) -> (id)")
                .doesNotContain("secret");
    }

    @Test
    void rules_triggers_and_definitions_are_told_in_full() {
        String text =
                text(
                        call(
                                "clerk",
                                "get_schema",
                                schema().put("detail", "full")
                                        .put("tables", list("address", "heavy", "log", "mine"))));

        assertThat(text)
                .contains(
                        "  CHECK (city <> ''::text)\n",
                        "  CREATE TRIGGER noted BEFORE INSERT ON mail.address FOR EACH ROW",
                        "  row-level security\n",
                        "  partitions (mail.log_early, mail.log_late)\n",
                        "WHERE weight > 1");
    }

    @Test
    void functions_are_found_as_they_are_called() {
        JsonObject wanted = schema().put("kind", "functions").put("schema", "mail");
        String summary = text(call("clerk", "get_schema", wanted));
        String full =
                text(
                        call(
                                "clerk",
                                "get_schema",
                                wanted.copy().put("pattern", "parcels*").put("detail", "full")));

        assertThat(summary)
                .contains(
                        "mail.greet(name text, greeting text DEFAULT 'Hello'::text) -> text immutable\n",
                        "mail.name_of(p mail.person) -> text immutable  -- What somebody is called.\n",
                        "mail.sum_up(VARIADIC ns integer[]) -> bigint immutable\n",
                        "mail.send(one integer) -> void volatile\n",
                        "mail.tidy() [procedure]\n")
                .doesNotContain("hidden");
        assertThat(full).contains("stable sql", "select p.id, p.state", "1 function.");
        assertThat(ask("get_schema", wanted.put("limit", 2)).getBoolean("truncated")).isTrue();
    }

    @Test
    void names_are_taken_as_sql_writes_them_and_a_schema_that_is_not_there_is_refused() {
        JsonObject call = schema().put("tables", list("mail.\"line\"", "PERSON"));

        assertThat(ask("get_schema", call).getJsonArray("tables"))
                .extracting(table -> ((JsonObject) table).getString("name"))
                .containsExactly("line", "person");
        assertThat(refusal("get_schema", schema().put("schema", "mial")).getString("detail"))
                .contains("schema: is none that you may use; there are", "mail");
    }

    @Test
    void some_tables_are_told_by_name_and_what_is_not_there_too() {
        JsonObject answer =
                ask(
                        "get_schema",
                        schema().put("tables", list("line", "mail.log", "secret", "mai.x")));

        assertThat(answer.getJsonArray("tables"))
                .extracting(table -> ((JsonObject) table).getString("name"))
                .containsExactly("line", "log");
        assertThat(answer.getJsonArray("missing")).isEqualTo(list("secret", "mai.x"));
        assertThat(
                        refusal("get_schema", schema().put("tables", list("line", 7)))
                                .getString("field"))
                .isEqualTo("tables.1");
    }

    @Test
    void partitions_are_folded_into_their_table() {
        JsonObject answer = ask("get_schema", schema().put("pattern", "log").put("detail", "full"));
        JsonObject log = answer.getJsonArray("tables").getJsonObject(0);

        assertThat(answer.getJsonArray("tables")).hasSize(1);
        assertThat(log.getInteger("partitions")).isEqualTo(2);
        assertThat(log.getString("partitionKey")).isEqualTo("RANGE (day)");
        assertThat(log.getInteger("rows")).isEqualTo(2);
    }

    @Test
    void how_many_rows_row_level_security_hides_is_not_told() {
        JsonObject answer = ask("get_schema", schema().put("tables", list("mine")));

        assertThat(answer.getJsonArray("tables").getJsonObject(0).containsKey("rows")).isFalse();
    }

    @Test
    void a_thousand_tables_are_told_of_in_short() throws SQLException {
        try (var superuser = server().connect("tables");
                var statement = superuser.createStatement()) {
            statement.execute(
                    """
                    create schema archive;
                    grant usage on schema archive to agent;
                    do $$ begin
                      for i in 1..1000 loop
                        execute format('create table archive.yearly_statement_%s (id int primary key,
                          customer_reference text, amount_in_cents bigint, created_at timestamptz,
                          updated_at timestamptz, comment_of_the_clerk text)', i);
                      end loop;
                    end $$;
                    grant select on all tables in schema archive to agent;
                    """);
        }
        JsonObject all = ask("get_schema", schema());

        assertThat(all.getJsonArray("tables")).isEmpty();
        assertThat(all.getBoolean("truncated")).isTrue();
        assertThat(all.getJsonArray("schemas").getJsonObject(0).getInteger("tables"))
                .isEqualTo(1000);
        for (JsonObject call :
                new JsonObject[] {
                    schema(),
                    schema().put("schema", "archive"),
                    schema().put("schema", "archive").put("detail", "full"),
                    schema().put("pattern", "statement").put("compact", true)
                }) {
            JsonObject result = call("clerk", "get_schema", call);
            assertThat(text(result).length()).as(call.encode()).isLessThan(SHORT);
            assertThat(structured(result).encode().length()).as(call.encode()).isLessThan(SHORT);
        }
    }
}
