package dev.drawbridge.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.audit.AuditTrail;
import dev.drawbridge.audit.Context;
import dev.drawbridge.audit.Entry;
import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.UUID;

/// In a datastore of its own, whose audit is filled.
@QuarkusTest
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "audit", value = "full"))
class FullTrailTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Inject AuditTrail trail;
    @Inject LastUse lastUse;

    @Test
    void a_first_use_that_is_refused_for_want_of_room_is_none() {
        String token = Api.newToken(tenant.person("kim"), "");
        TestTenant.run(
                "alter table auth.audit_record add constraint no_more check (false) not valid");
        try {
            fill();
            Api.exchange(token).then().spec(Api.problem(503, "OVERLOADED"));
        } finally {
            TestTenant.run("alter table auth.audit_record drop constraint no_more");
        }

        lastUse.write();
        assertThat(lastUsed()).isNull();
        trail.end();
        Api.exchange(token).then().statusCode(200);
        lastUse.write();
        assertThat(lastUsed()).isNotNull();
    }

    private void fill() {
        var entry = Entry.now(Context.SERVICE, "audit.fill", null, Entry.OK, UUID.randomUUID());
        try {
            while (true) {
                trail.requireRoom();
                trail.add(entry);
            }
        } catch (ProblemException full) {
            assertThat(full.problem().code()).isEqualTo("OVERLOADED");
        }
    }

    private String lastUsed() {
        return TestTenant.query(
                "select last_used_at from auth.api_token where tenant_id = ?", tenant.id());
    }
}
