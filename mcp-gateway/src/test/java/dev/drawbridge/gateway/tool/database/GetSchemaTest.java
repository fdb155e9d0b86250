package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class GetSchemaTest extends GatewayCase {
    @Test
    void tables_that_have_too_much_to_tell_are_to_be_narrowed() {
        GatewayDatabases.postgres()
                .run(
                        """
                        create table shop.talkative (id int);
                        grant select on shop.talkative to agent;
                        do $$ begin
                            execute format('comment on table shop.talkative is %L',
                                           repeat('x', 3000000));
                        end $$
                        """);
        try {
            JsonObject error =
                    error(
                            call(
                                    "alice",
                                    "get_schema",
                                    on().put("pattern", "talkative").put("detail", "full")));

            assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
            assertThat(error.getString("field")).isEqualTo("pattern");
        } finally {
            GatewayDatabases.postgres().run("drop table shop.talkative");
        }
    }
}
