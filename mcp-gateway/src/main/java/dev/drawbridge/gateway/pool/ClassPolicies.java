package dev.drawbridge.gateway.pool;

import dev.drawbridge.identity.AgentClass;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// The policies of all classes on one connection.
///
/// @param dedicated whether each token gets sessions that no other uses
public record ClassPolicies(boolean dedicated, Map<AgentClass, ClassPolicy> policies) {
    private static final int QUEUE = 1_000;

    public ClassPolicies {
        policies = Map.copyOf(policies);
    }

    /// What holds when nobody says otherwise.
    public static ClassPolicies defaults(Environment environment) {
        Map<AgentClass, ClassPolicy> policies = new EnumMap<>(AgentClass.class);
        for (AgentClass kind : AgentClass.values()) {
            policies.put(kind, policy(kind, sessions(kind, environment)));
        }
        return new ClassPolicies(false, policies);
    }

    /// The policy of one class.
    public ClassPolicy of(AgentClass kind) {
        return Objects.requireNonNull(policies.get(kind));
    }

    /// The same where one identity gets no more than so many sessions.
    public ClassPolicies atMost(int sessions) {
        return map(policy -> policy.atMost(sessions));
    }

    /// The same with another policy for each.
    public ClassPolicies map(UnaryOperator<ClassPolicy> change) {
        Map<AgentClass, ClassPolicy> changed = new EnumMap<>(AgentClass.class);
        policies.forEach((kind, policy) -> changed.put(kind, change.apply(policy)));
        return new ClassPolicies(dedicated, changed);
    }

    /// The same with what is said otherwise.
    ClassPolicies with(boolean dedicatedToo, Map<AgentClass, ClassRule> rules) {
        Map<AgentClass, ClassPolicy> changed = new EnumMap<>(policies);
        rules.forEach((kind, rule) -> changed.computeIfPresent(kind, (_, old) -> rule.over(old)));
        return new ClassPolicies(dedicatedToo, changed);
    }

    private static int sessions(AgentClass kind, Environment environment) {
        return switch (kind) {
            case PERSISTENT -> sessions(environment, 2, 5, 10);
            case SERVERLESS -> sessions(environment, 1, 2, 2);
            case EDGE -> sessions(environment, 1, 1, 2);
            case HIGH_PERFORMANCE -> sessions(environment, 5, 10, 20);
        };
    }

    private static int sessions(Environment environment, int dev, int staging, int prod) {
        return switch (environment) {
            case DEV -> dev;
            case STAGING -> staging;
            case PROD -> prod;
        };
    }

    private static ClassPolicy policy(AgentClass kind, int sessions) {
        return switch (kind) {
            case PERSISTENT -> policy(sessions, seconds(5), seconds(30), seconds(300), 2, 90);
            case SERVERLESS -> policy(sessions, seconds(1), seconds(5), seconds(10), 1, 80);
            case EDGE -> policy(sessions, seconds(2), seconds(3), seconds(15), 1, 80);
            case HIGH_PERFORMANCE ->
                    policy(sessions, seconds(5), seconds(60), seconds(600), 3, 100);
        };
    }

    private static ClassPolicy policy(
            int sessions,
            Duration queueWait,
            Duration statementTimeout,
            Duration idleTimeout,
            int priority,
            int share) {
        return new ClassPolicy(
                sessions, QUEUE, queueWait, statementTimeout, idleTimeout, priority, share);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
