package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Where somebody may see or do more than was meant.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SecurityAdviceTest extends OperateCase {
    @ParameterizedTest
    @CsvSource({
        "row-security,critical,ops.forgotten,they hold nobody back,enable row level security",
        "row-security,warning,ops.account,no row-level security,enable row level security",
        "row-security,warning,ops.copied,materialized view,revoke select on ops.copied",
        "row-security,warning,risky,bypasses row-level security,nobypassrls",
        "policy,warning,anyone on ops.lax,always true,permissive",
        "function,critical,ops.powerful(),without a fixed search_path,set search_path",
        "grant,warning,ops.payment,PUBLIC has insert,revoke all on ops.payment from public",
        "grant,notice,ops.heap_only,PUBLIC has select,revoke all",
        "setting,warning,ssl,takes no TLS,certificate"
    })
    void finds_what_was_planted(
            String check, String grade, String object, String evidence, String advice) {
        for (String version : List.of("oldest", "newest")) {
            JsonObject told = told(version, "security_advice", "limit", 100);

            JsonObject found =
                    one(
                            told,
                            "findings",
                            it ->
                                    check.equals(it.getString("check"))
                                            && object.equals(it.getString("object")));
            assertThat(found.getString("grade")).isEqualTo(grade);
            assertThat(found.getString("evidence")).contains(evidence);
            assertThat(found.getString("advice")).contains(advice);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void what_is_as_it_should_be_is_not_named(String version) {
        JsonObject told = told(version, "security_advice", "limit", 100);

        assertThat(list(told, "findings"))
                .noneMatch(it -> "ops.hidden".equals(it.getString("object")))
                .noneMatch(it ->
                        "ops.careful()".equals(it.getString("object"))
                                && it.getString("evidence").contains("without a fixed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void a_view_past_the_policies_and_an_owner_who_signs_in_are_named(String version) {
        OperatedServer server = OperatedServer.of(version);
        server.run(
                """
                create schema past;
                create role past_owner login;
                grant usage, create on schema past to past_owner;
                set role past_owner;
                create table past.mine (id int primary key, owner text);
                alter table past.mine enable row level security;
                create policy own on past.mine
                    using (owner = (select current_setting('app.owner', true)));
                create view past.all_of_it as select * from past.mine;
                create view past.own_of_it with (security_invoker = true) as select * from past.mine;
                grant select on past.all_of_it, past.own_of_it to public;
                reset role;
                """);
        try {
            JsonObject told = told(version, "security_advice", "limit", 100);

            assertThat(one(told, "findings", "object", "past.mine").getString("advice"))
                    .isEqualTo("alter table past.mine force row level security");
            assertThat(
                            one(
                                            told,
                                            "findings",
                                            it ->
                                                    "past.all_of_it".equals(it.getString("object"))
                                                            && it.getString("check")
                                                                    .equals("row-security"))
                                    .getString("advice"))
                    .contains("security_invoker = true");
            assertThat(list(told, "findings"))
                    .noneMatch(it ->
                            "past.own_of_it".equals(it.getString("object"))
                                    && it.getString("check").equals("row-security"));
        } finally {
            server.run("drop schema past cascade; drop role past_owner");
        }
    }
}
