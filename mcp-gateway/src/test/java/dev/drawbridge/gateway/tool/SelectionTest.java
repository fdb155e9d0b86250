package dev.drawbridge.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

class SelectionTest {
    private static final ToolDefinition OPERATE = tool("locks", Set.of(Features.OPERATE));
    private static final ToolDefinition USUAL =
            tool("query", Set.of(Features.DEFAULT, Features.DATABASE));
    private static final Caller ANYBODY =
            TestCallers.know("anybody", Map.of(), "tool:*", "read", "*", "read");

    @Test
    void without_a_choice_the_usual_is_listed_and_everything_is_there() {
        assertThat(Selection.EVERYTHING.lists(USUAL, ANYBODY)).isTrue();
        assertThat(Selection.EVERYTHING.lists(OPERATE, ANYBODY)).isFalse();
        assertThat(Selection.EVERYTHING.has(OPERATE)).isTrue();
    }

    @Test
    void what_a_grant_names_is_listed_too() {
        Caller granted = TestCallers.know("granted", Map.of(), "tool:locks", "read");

        assertThat(Selection.EVERYTHING.lists(OPERATE, granted)).isTrue();
    }

    @Test
    void what_a_tokens_scope_names_is_listed_too() {
        var scope = new Grants(Map.of(ProtectedObject.tool("locks"), Level.READ));
        Caller scoped = TestCallers.know("scoped", Map.of(), scope, "*", "read");

        assertThat(Selection.EVERYTHING.lists(OPERATE, scoped)).isTrue();
    }

    @Test
    void a_choice_of_features_lists_these_and_takes_the_others_away() {
        var operate = new Selection(Set.of(Features.OPERATE), false, null);
        var all = new Selection(Set.of("all"), false, null);
        Caller granted = TestCallers.know("granted", Map.of(), "tool:query", "read");

        assertThat(operate.has(OPERATE)).isTrue();
        assertThat(operate.lists(OPERATE, ANYBODY)).isTrue();
        assertThat(operate.has(USUAL)).isFalse();
        assertThat(all.has(OPERATE) && all.has(USUAL)).isTrue();
        assertThat(operate.lists(OPERATE, granted)).isTrue();
    }

    @Test
    void a_chosen_connection_is_filled_in_only_where_one_is_asked_for() {
        var chosen = new Selection(Set.of(), false, "c-1");
        var none = new JsonObject().put("sql", "select 1");

        assertThat(chosen.complete(USUAL, none).encode()).isEqualTo(none.encode());
        assertThat(none.containsKey("connection_id")).isFalse();
        ToolDefinition onDatabase = tool("selected", Schemas.onDatabase().closed(), Set.of());
        assertThat(chosen.complete(onDatabase, none).getString("connection_id")).isEqualTo("c-1");
        assertThat(chosen.schema(onDatabase).containsKey("required")).isFalse();
        assertThat(onDatabase.inputSchema().containsKey("required")).isTrue();
    }

    private static ToolDefinition tool(String name, Set<String> features) {
        return tool(name, Schemas.of().closed(), features);
    }

    private static ToolDefinition tool(String name, JsonObject schema, Set<String> features) {
        return new ToolDefinition(
                name, name, "", schema, null, ToolDefinition.Hints.READS, false, features);
    }
}
