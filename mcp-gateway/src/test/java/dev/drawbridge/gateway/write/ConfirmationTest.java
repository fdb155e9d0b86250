package dev.drawbridge.gateway.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.Aside;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ConfirmationTest extends WriteCase {
    private static final String DELETE = "delete from till.sale";

    @Inject SecretBox secrets;
    @Inject ConfirmationRepository used;
    @Inject Aside aside;

    @Test
    void what_reaches_every_row_is_not_run_before_it_is_confirmed() {
        JsonObject answer = asked("alice", onTill(DELETE));

        assertThat(answer.getJsonArray("warnings").encode()).contains("every row of sale");
        assertThat(sales()).isEqualTo(UNTOUCHED);

        JsonObject done = structured(execute("alice", confirmed(onTill(DELETE), answer)));
        assertThat(done.getString("outcome")).isEqualTo("committed");
        assertThat(done.getInteger("affectedRows")).isEqualTo(2);
        assertThat(sales()).isEqualTo("[{\"id\":3,\"owner\":\"bob\",\"amount\":30}]");
    }

    @Test
    void more_rows_than_may_be_are_undone_and_counted_before_they_are_confirmed() {
        JsonObject update = onTill("update till.big set n = 1 where id > 0");
        JsonObject answer = asked("alice", update);

        assertThat(answer.getInteger("affectedRows")).isEqualTo(3000);
        assertThat(answer.getJsonArray("warnings").encode()).contains("3000 rows");
        assertThat(changed()).isZero();
        assertThat(structured(execute("alice", confirmed(update, answer))).getString("outcome"))
                .isEqualTo("committed");
        assertThat(changed()).isEqualTo(3000);
    }

    @Test
    void rows_that_are_changed_in_a_with_need_it_too() {
        JsonObject hidden =
                onTill(
                        "with gone as (delete from till.big where id > 0 returning 1)"
                                + " select count(*) from gone");

        assertThat(asked("alice", hidden).getInteger("affectedRows")).isEqualTo(3000);
        assertThat(stored("select count(*) as c from till.big")).isEqualTo("[{\"c\":3000}]");
    }

    @Test
    void one_for_some_rows_is_none_for_many_more() throws Exception {
        JsonObject update = onTill("update till.big set n = 1 where id > 0");
        run("delete from till.big where id > 1500");
        JsonObject answer = asked("alice", update);
        run("insert into till.big select i, 0 from generate_series(1501, 3000) i");

        JsonObject again = structured(execute("alice", confirmed(update, answer)));

        assertThat(again.getString("outcome")).isEqualTo("confirmation_required");
        assertThat(again.getInteger("affectedRows")).isEqualTo(3000);
        assertThat(changed()).isZero();
    }

    @Test
    void a_dry_run_gives_one_for_what_it_counted() {
        JsonObject tried = structured(execute("alice", onTill(DELETE).put("dry_run", true)));

        assertThat(tried.getString("outcome")).isEqualTo("dry_run");
        assertThat(tried.getInteger("affectedRows")).isEqualTo(2);
        assertThat(sales()).isEqualTo(UNTOUCHED);
        assertThat(
                        structured(execute("alice", confirmed(onTill(DELETE), tried)))
                                .getInteger("affectedRows"))
                .isEqualTo(2);
        assertThat(
                        error(
                                        execute(
                                                "alice",
                                                confirmed(onTill(DELETE), tried)
                                                        .put("dry_run", true)))
                                .getString("field"))
                .isEqualTo("confirmation");
    }

    @Test
    void it_is_for_one_use() {
        JsonObject answer = asked("alice", onTill(DELETE));
        structured(execute("alice", confirmed(onTill(DELETE), answer)));

        assertRefused("alice", confirmed(onTill(DELETE), answer));
        assertThat(stored("select count(*) as c from till.sale")).isEqualTo("[{\"c\":1}]");
    }

    @Test
    void of_many_uses_at_once_one_counts() throws Exception {
        JsonObject update = onTill("update till.big set n = n + 1");
        JsonObject answer = asked("alice", update);
        var client = McpClient.connect(endpoint, "alice");
        Callable<JsonObject> one = () -> client.call("execute_sql", confirmed(update, answer));

        int done = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each :
                    executor.invokeAll(IntStream.range(0, 10).mapToObj(_ -> one).toList())) {
                done += each.get().getBoolean("isError") ? 0 : 1;
            }
        }

        assertThat(done).isOne();
        assertThat(stored("select max(n) as n from till.big")).isEqualTo("[{\"n\":1}]");
    }

    @Test
    void it_is_for_one_caller_credential_statement_and_place() {
        JsonObject update =
                onTill("update till.sale set amount = $1").put("params", new JsonArray().add(1));
        String token = asked("alice", update).getString("confirmation");
        Caller alice = TestCallers.know("alice", Map.of("owner", "alice"), "*", "write");
        TestCallers.limited("another token", 1000, 1, alice);

        assertRefused("bob", update.copy().put("confirmation", token));
        assertRefused("another token", update.copy().put("confirmation", token));
        for (JsonObject other :
                List.of(
                        update.copy().put("params", new JsonArray().add(2)),
                        update.copy().put("params", new JsonArray().add("1")),
                        update.copy().put("sql", "update till.sale  set amount = $1"),
                        update.copy().put("connection_id", yard),
                        onTill("truncate till.sale").put("connection_id", yard))) {
            assertRefused("alice", other.put("confirmation", token));
        }
        for (String other : List.of("", "k1:", "k1:AAAA", token.substring(1), token + "A")) {
            assertRefused("alice", update.copy().put("confirmation", other));
        }
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void it_ends_after_five_minutes_and_used_ones_are_forgotten_later() throws Exception {
        var caller = TestCallers.know("late", Map.of(), "*", "write");
        var deed = new Confirmations.Deed(caller, till, "postgres", "delete", List.of());
        Instant now = Instant.now();
        String confirmation = at(now).of(deed, 7);

        assertThat(refusal(at(now.plus(Duration.ofSeconds(302))), deed, confirmation))
                .contains("is not one for this");
        assertThat(
                        at(now.plus(Duration.ofSeconds(290)))
                                .use(deed, confirmation)
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join())
                .isEqualTo(7);
        assertThat(refusal(at(now), deed, confirmation)).contains("is not one for this");

        run("update gateway.used_confirmation set expires_at = now() - interval '1 second'");
        Confirmations fresh = at(now);
        fresh.use(deed, fresh.of(deed, 1)).toCompletionStage().toCompletableFuture().join();
        assertThat(stored("select count(*) as c from gateway.used_confirmation"))
                .isEqualTo("[{\"c\":1}]");
    }

    @Test
    void nothing_is_run_while_nobody_knows_whether_it_was_used() throws Exception {
        JsonObject answer = asked("alice", onTill(DELETE));
        run("alter table gateway.used_confirmation rename to used_confirmation_away");
        try {
            assertThat(execute("alice", confirmed(onTill(DELETE), answer)).getBoolean("isError"))
                    .isTrue();
        } finally {
            run("alter table gateway.used_confirmation_away rename to used_confirmation");
        }
        assertThat(sales()).isEqualTo(UNTOUCHED);
    }

    @Test
    void every_refusal_reads_the_same() {
        Set<String> details = new HashSet<>();
        JsonObject answer = asked("alice", onTill(DELETE));
        structured(execute("alice", confirmed(onTill(DELETE), answer)));
        details.add(refusal("alice", confirmed(onTill(DELETE), answer)));
        details.add(refusal("bob", confirmed(onTill(DELETE), answer)));
        details.add(refusal("alice", onTill(DELETE).put("confirmation", "made up")));

        assertThat(details).hasSize(1);
    }

    private Confirmations at(Instant instant) {
        return new Confirmations(
                secrets, used, aside, Clock.fixed(instant, java.time.ZoneOffset.UTC));
    }

    private static String refusal(
            Confirmations confirmations, Confirmations.Deed deed, String confirmation) {
        try {
            return "accepted: "
                    + confirmations
                            .use(deed, confirmation)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
        } catch (java.util.concurrent.CompletionException refused) {
            return String.valueOf(refused.getCause().getMessage());
        }
    }

    private JsonObject asked(String bearer, JsonObject arguments) {
        JsonObject result = execute(bearer, arguments);
        JsonObject answer = structured(result);
        assertThat(answer.getString("outcome")).isEqualTo("confirmation_required");
        assertThat(text(result)).contains("Nothing was changed", answer.getString("confirmation"));
        return answer;
    }

    private static JsonObject confirmed(JsonObject arguments, JsonObject answer) {
        return arguments.copy().put("confirmation", answer.getString("confirmation"));
    }

    private void assertRefused(String bearer, JsonObject arguments) {
        JsonObject error = error(execute(bearer, arguments));
        assertThat(error.getString("code")).as(arguments.encode()).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("confirmation");
    }

    private String refusal(String bearer, JsonObject arguments) {
        return error(execute(bearer, arguments)).getString("detail");
    }

    private static int changed() {
        return new JsonArray(stored("select count(*) as c from till.big where n <> 0"))
                .getJsonObject(0)
                .getInteger("c");
    }
}
