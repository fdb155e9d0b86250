package dev.drawbridge.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.auth.attempt.AttemptConfig;
import dev.drawbridge.auth.bootstrap.BootstrapConfig;
import dev.drawbridge.auth.credential.ServiceRoleConfig;
import dev.drawbridge.auth.exchange.ExchangeConfig;
import dev.drawbridge.auth.key.IssuerConfig;
import dev.drawbridge.auth.key.SigningConfig;
import dev.drawbridge.auth.link.LinkConfig;
import dev.drawbridge.auth.mail.MailConfig;
import dev.drawbridge.auth.password.PasswordConfig;
import dev.drawbridge.auth.proof.ProofConfig;
import dev.drawbridge.auth.registration.RegistrationConfig;
import dev.drawbridge.auth.session.SessionConfig;
import dev.drawbridge.auth.token.TokenConfig;
import dev.drawbridge.identity.IdentityConfig;
import dev.drawbridge.identity.network.NetworkConfig;
import dev.drawbridge.sql.DataKeyConfig;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;

class ConfigTest {

    @Test
    void needs_nothing_but_the_data_key() {
        assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.isuer",
                "auth.bootstrap.admin-passwordfile",
                "auth.password.cost",
                "auth.session.life-time",
                "auth.session.cookie-origin",
                "auth.signing.rotate-evry",
                "auth.exchange.trusted-network",
                "identity.network.trusted-proxy",
                "auth.service-role.trusted-network",
                "auth.token.max-life-time",
                "auth.attempts.password-adress",
                "identity.isuer",
                "drawbridge.data-key.files",
                "drawbridge.datakey.file"
            })
    void stops_at_a_misspelt_key(String key) {
        assertThatThrownBy(() -> start(Map.of(key, "1"))).hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere", "10.0.0.1/8"})
    void stops_at_a_network_that_is_none(String network) {
        assertThatThrownBy(() -> start(Map.of("auth.exchange.trusted-networks", network)))
                .hasMessageContaining("auth.exchange.trusted-networks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0/1m", "60"})
    void stops_at_a_rate_that_is_none(String rate) {
        assertThatThrownBy(() -> start(Map.of("auth.attempts.password-address", rate)))
                .hasMessageContaining("auth.attempts.password-address");
    }

    private static void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("drawbridge.data-key.file", "/run/secrets/data-key");
        var builder = new SmallRyeConfigBuilder();
        for (Class<?> mapping :
                new Class<?>[] {
                    AttemptConfig.class,
                    BootstrapConfig.class,
                    ExchangeConfig.class,
                    IssuerConfig.class,
                    NetworkConfig.class,
                    SigningConfig.class,
                    PasswordConfig.class,
                    ServiceRoleConfig.class,
                    ProofConfig.class,
                    LinkConfig.class,
                    MailConfig.class,
                    RegistrationConfig.class,
                    SessionConfig.class,
                    TokenConfig.class,
                    IdentityConfig.class,
                    DataKeyConfig.class
                }) {
            builder.withMapping(mapping);
        }
        builder.addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .withConverter(
                        java.time.Duration.class,
                        100,
                        new io.quarkus.runtime.configuration.DurationConverter())
                .build();
    }
}
