package dev.drawbridge.auth.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class BootstrapTest {
    private static final String ADMINS =
            "select count(*) from auth.users where tenant_id = 'default' and superuser";

    @Inject Bootstrap bootstrap;

    @Test
    void makes_one_superuser_who_can_sign_in() {
        assertThat(TestTenant.query(ADMINS + " and username = 'admin'")).isEqualTo("1");
        Api.login("default", "admin", AuthDatastore.ADMIN_PASSWORD).then().statusCode(200);
    }

    @Test
    void makes_no_one_when_there_is_someone() {
        String before = TestTenant.query(ADMINS);

        bootstrap.start(new StartupEvent());

        assertThat(TestTenant.query(ADMINS)).isEqualTo(before);
    }
}
