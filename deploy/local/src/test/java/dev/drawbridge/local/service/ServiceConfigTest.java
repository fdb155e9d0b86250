package dev.drawbridge.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.postgres.DatastoreUrl;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

class ServiceConfigTest {
    private static final int OFFSET = 100;

    @TempDir private Path folder;
    private Secrets secrets;

    @BeforeEach
    void open() {
        secrets = new Secrets(Home.open(folder, folder));
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.local.service.ServiceSpec#names")
    void fills_in_every_placeholder(String service) throws IOException {
        assertThat(rendered(service, "disable").values().toString()).doesNotContain("@{");
    }

    @Test
    void knows_the_variables_that_it_overrules() {
        var environment =
                Set.of("QUARKUS_HTTP_PORT", "DRAWBRIDGE_DATA_KEY_FILE", "GATEWAY_ROWS", "PATH");

        assertThat(config("disable").overruled(ServiceSpec.named("auth-service", 0), environment))
                .containsExactly("DRAWBRIDGE_DATA_KEY_FILE", "QUARKUS_HTTP_PORT");
    }

    @Test
    void gives_a_service_its_ports_roles_and_database() throws IOException {
        var properties = rendered("auth-service", "disable");

        assertThat(properties)
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry("quarkus.http.port", "8182")
                .containsEntry("quarkus.management.port", "9182")
                .containsEntry("quarkus.datasource.username", "auth_app")
                .containsEntry("quarkus.flyway.username", "auth_owner")
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://db:5432/app")
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5432/app")
                .containsEntry("auth.issuer", "http://127.0.0.1:8182")
                .containsEntry(
                        "quarkus.datasource.password", secrets.password("auth_app").reveal());
        assertThat(Path.of(properties.getProperty("auth.bootstrap.admin-password-file")))
                .content()
                .hasSizeGreaterThan(24);
        assertThat(Path.of(properties.getProperty("drawbridge.data-key.file")))
                .content()
                .matches("k1:[A-Za-z0-9+/]{43}=\n");
    }

    @Test
    void tells_the_gateway_where_it_may_be_called() throws IOException {
        assertThat(rendered("mcp-gateway", "disable"))
                .containsEntry("gateway.http.allowed-hosts", "127.0.0.1:8181,localhost:8181")
                .containsEntry("quarkus.rest-client.auth.url", "http://127.0.0.1:8182");
    }

    @Test
    void checks_a_certificate_only_where_libpq_would() throws IOException {
        assertThat(rendered("auth-service", "require"))
                .containsEntry("quarkus.datasource.reactive.trust-all", "true")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://db:5432/app?sslmode=require");
        assertThat(rendered("auth-service", "verify-full"))
                .doesNotContainKey("quarkus.datasource.reactive.trust-all")
                .containsEntry(
                        "quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
    }

    @Test
    void keeps_secrets_from_one_start_to_the_next() throws IOException {
        assertThat(rendered("auth-service", "disable"))
                .isEqualTo(rendered("auth-service", "disable"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets/auth_app"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets"))).hasSize(3);
    }

    private Properties rendered(String service, String sslmode) throws IOException {
        var properties = new Properties();
        properties.load(
                new StringReader(config(sslmode).render(ServiceSpec.named(service, OFFSET))));
        return properties;
    }

    private ServiceConfig config(String sslmode) {
        var datastore =
                DatastoreUrl.parse("postgresql://sue:x@db/app?sslmode=" + sslmode, Map.of());
        return new ServiceConfig(datastore, secrets, OFFSET);
    }
}
