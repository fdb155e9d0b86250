package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What was planted is found, with its grade and what to do.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class DatabaseHealthTest extends OperateCase {
    @ParameterizedTest
    @CsvSource({
        "sequence,critical,ops.nearly,95.0 %,maxvalue",
        "sequence,critical,ops.small_key_id_seq,fills ops.small_key.id,bigint",
        "index,warning,ops.twice_a,invalid,drop index concurrently ops.twice_a",
        "index,notice,ops.account_region_again,duplicate,drop index concurrently",
        "index,notice,payment_account_fkey,ops.payment,create index concurrently",
        "index,notice,ops.heap_only_b on ops.heap_only,array,GIN",
        "constraint,warning,amount_positive on ops.payment,not valid,validate constraint",
        "constraint,notice,bill_account on ops.bill,same foreign key as bill_account_sure,drop constraint bill_account",
        "constraint,notice,ops.fleeting,unlogged,set logged",
        "constraint,warning,ops.unheld,triggers are disabled,enable trigger all",
        "constraint,notice,ops.heap_only,no primary key,primary key",
        "vacuum,warning,ops.dead,15000 dead rows,vacuum (analyze) ops.dead",
        "replication,warning,left_behind_logical,nobody uses it,pg_drop_replication_slot('left_behind_logical')",
        "setting,critical,autovacuum,autovacuum is off,switch it on"
    })
    void finds_what_was_planted(
            String check, String grade, String object, String evidence, String advice) {
        for (String version : new String[] {"oldest", "newest"}) {
            JsonObject told = told(version, "database_health", "check", check, "limit", 50);

            JsonObject found =
                    one(
                            told,
                            "findings",
                            it ->
                                    object.equals(it.getString("object"))
                                            && it.getString("grade").equals(grade));
            assertThat(found.getString("evidence")).contains(evidence);
            assertThat(found.getString("advice")).contains(advice);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void every_check_is_made_and_the_worst_is_told_first(String version) {
        JsonObject told = told(version, "database_health");

        assertThat(told.getString("grade")).isEqualTo("critical");
        assertThat(list(told, "checks")).hasSize(HealthChecks.ALL.size());
        assertThat(list(told, "checks"))
                .noneMatch(check -> check.getString("grade").equals("unknown"));
        assertThat(list(told, "findings").getFirst().getString("grade")).isEqualTo("critical");
        assertThat(told.getString("summary")).startsWith("critical: ").contains("ok: connection");
    }
}
