package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

/// What a test of a connection says that really holds.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RlsCheckTest extends SignedConnectionCase {
    @Test
    void holds_when_it_is_installed_and_not_before() {
        test().body("rls.declared", equalTo("signed"))
                .body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("install-rls")));

        apply("{}")
                .statusCode(200)
                .body("applied", equalTo(true))
                .body("sql", nullValue())
                .body("keys", hasSize(1))
                .body("keys[0].signs", equalTo(true));
        test().body("rls.holds", equalTo("signed"))
                .body("rls.findings", not(hasItem(containsString("drawbridge"))));
        policy();

        assertThat(owners("alice")).isEqualTo("[[\"alice\"]]");
        assertThat(owners("bob")).isEqualTo("[[\"bob\"]]");
        assertThat(owners("admin")).isEqualTo("[[null]]");
    }

    @Test
    void says_what_lets_rows_past() {
        apply("{}").statusCode(200);
        GatewayDatabases.postgres()
                .run(
                        """
                        create policy old on shop.signed_item
                            using (owner = current_setting('app.owner', true));
                        create view shop.past_them as select * from shop.signed_item;
                        create view shop.through as select * from shop.past_them;
                        create view shop.as_asked with (security_invoker)
                            as select * from shop.signed_item;
                        create table shop.open_to_all (id int);
                        grant select on shop.past_them, shop.through, shop.as_asked,
                                        shop.open_to_all to agent;
                        """);
        try {
            test().body("rls.holds", equalTo("signed"))
                    .body("rls.findings", hasItem(containsString("shop.open_to_all have no row")))
                    .body("warnings", hasItem(containsString("shop.past_them is refused")))
                    .body("warnings", hasItem(containsString("shop.through is refused")))
                    .body(
                            "rls.findings",
                            hasItem(containsString("shop.item, shop.signed_item have")))
                    .body("warnings", not(hasItem(containsString("as_asked"))));
        } finally {
            GatewayDatabases.postgres()
                    .run(
                            "drop view shop.past_them, shop.through, shop.as_asked;"
                                    + " drop table shop.open_to_all");
        }
    }

    @Test
    void a_verifier_in_the_hands_of_the_login_does_not_hold() {
        apply("{}").statusCode(200);
        GatewayDatabases.postgres().run("grant select on drawbridge.key to agent");
        test().body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("rights on drawbridge.key")));
        apply("{}").statusCode(200);
        test().body("rls.holds", equalTo("signed"));

        GatewayDatabases.postgres().run("grant installer to agent");
        try {
            test().body("rls.holds", equalTo("none"))
                    .body("rls.findings", hasItem(containsString("can change what is in")));
            apply("{}").statusCode(422).body("detail", containsString("another role than agent"));
        } finally {
            GatewayDatabases.postgres().run("revoke installer from agent");
        }

        GatewayDatabases.postgres()
                .run(
                        "create or replace function drawbridge.claims() returns jsonb language sql"
                                + " stable as $$ select '{\"sub\":\"x\"}'::jsonb $$");
        test().body("rls.holds", equalTo("none"))
                .body("rls.findings", hasItem(containsString("is not the one")));
    }
}
