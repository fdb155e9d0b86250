package dev.drawbridge.auth.token;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.sql.Db;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

/// No network is trusted with service-role keys.
@QuarkusTest
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "limits", value = "default"))
class ServiceRoleClosedTest {
    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");

    @Test
    void makes_no_key_and_takes_none() {
        var key = OpaqueCredential.generate(CredentialType.SERVICE_ROLE);
        TestTenant.run(
                """
                insert into auth.api_token (tenant_id, id, user_id, name, sha256, type)
                values (?, ?, ?, 'old', ?, 'service_role')
                """,
                tenant.id(),
                Db.newId(),
                root.id(),
                key.sha256());

        Api.as(root)
                .body("{\"name\": \"x\", \"type\": \"service_role\"}")
                .post("/api/v1/auth/tokens")
                .then()
                .spec(Api.conflict());
        Api.bearer(key.text()).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        Api.exchangeFrom(key.text(), "127.0.0.1").then().spec(Api.unauthenticated());
    }
}
