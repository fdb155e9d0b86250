package dev.drawbridge.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class PoliciesTest {
    @Test
    void each_class_has_what_is_usual_in_its_environment() {
        Policies policies = PoolFixtures.policies();

        assertThat(policy(policies, Environment.DEV, AgentClass.PERSISTENT).sessions())
                .isEqualTo(2);
        assertThat(policy(policies, Environment.STAGING, AgentClass.EDGE).sessions()).isOne();
        assertThat(policy(policies, Environment.PROD, AgentClass.HIGH_PERFORMANCE))
                .isEqualTo(
                        new ClassPolicy(
                                20,
                                1_000,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(600),
                                3,
                                100));
        assertThat(policy(policies, Environment.PROD, AgentClass.SERVERLESS).queueWait())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void the_narrower_goes_before_the_wider() {
        Policies policies =
                PoolFixtures.policies(
                        Map.of(
                                "gateway.pool.classes.high-performance.queue-wait", "7s",
                                "gateway.pool.classes.high-performance.sessions", "7",
                                "gateway.pool.environments.prod.high-performance.sessions", "8"));
        var rules =
                new PoolRules(
                        false,
                        Map.of(
                                AgentClass.HIGH_PERFORMANCE,
                                new ClassRule(9, null, null, null, null, null, null)));

        ClassPolicy prod = policy(policies, Environment.PROD, AgentClass.HIGH_PERFORMANCE);
        assertThat(prod.sessions()).isEqualTo(8);
        assertThat(prod.queueWait()).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy(policies, Environment.DEV, AgentClass.HIGH_PERFORMANCE).sessions())
                .isEqualTo(7);
        assertThat(policies.of(Environment.PROD, rules).of(AgentClass.HIGH_PERFORMANCE).sessions())
                .isEqualTo(9);
        assertThat(policy(policies, Environment.PROD, AgentClass.EDGE).sessions()).isEqualTo(2);
    }

    @Test
    void a_token_says_its_class_or_else_a_group_does() {
        Policies policies =
                PoolFixtures.policies(
                        Map.of(
                                "gateway.pool.default-class", "edge",
                                "gateway.pool.groups.crawlers", "serverless",
                                "gateway.pool.groups.\"big desk\"", "high-performance"));

        assertThat(policies.classOf(caller("persistent", "crawlers")))
                .isEqualTo(AgentClass.PERSISTENT);
        assertThat(policies.classOf(caller(null, "others", "crawlers")))
                .isEqualTo(AgentClass.SERVERLESS);
        assertThat(policies.classOf(caller(null, "crawlers", "big desk")))
                .isEqualTo(AgentClass.HIGH_PERFORMANCE);
        assertThat(policies.classOf(caller(null, "others"))).isEqualTo(AgentClass.EDGE);
    }

    @Test
    void a_class_always_has_a_session_and_leaves_the_rest_that_is_not_its_share() {
        ClassPolicy edge = policy(PoolFixtures.policies(), Environment.PROD, AgentClass.EDGE);

        assertThat(List.of(edge.ceiling(0), edge.ceiling(1), edge.ceiling(2), edge.ceiling(40)))
                .containsExactly(0, 1, 1, 32);
    }

    private static ClassPolicy policy(
            Policies policies, Environment environment, AgentClass agentClass) {
        return policies.of(environment, PoolRules.NONE).of(agentClass);
    }

    private static Caller caller(@Nullable String agentClass, String... groups) {
        return new Caller(
                UUID.randomUUID(),
                "test",
                "default",
                false,
                List.of(groups),
                Map.of(),
                new Caller.Credential(
                        CredentialType.API_TOKEN, UUID.randomUUID(), null, agentClass),
                Grants.NOTHING,
                null);
    }
}
