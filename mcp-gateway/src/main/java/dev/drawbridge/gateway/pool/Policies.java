package dev.drawbridge.gateway.pool;

import dev.drawbridge.gateway.pool.PoolConfig.ClassSettings;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the configuration and a connection say together; and of which class a caller is.
@Singleton
public final class Policies {
    private final PoolConfig config;
    private final Map<Environment, ClassPolicies> configured = new EnumMap<>(Environment.class);

    Policies(PoolConfig config) {
        this.config = config;
        for (Environment environment : Environment.values()) {
            configured.put(
                    environment,
                    ClassPolicies.defaults(environment)
                            .with(false, rules(config.classes()))
                            .with(
                                    false,
                                    rules(
                                            config.environments()
                                                    .getOrDefault(environment, Map.of()))));
        }
    }

    /// The policies of a connection.
    public ClassPolicies of(Environment environment, PoolRules rules) {
        ClassPolicies policies = configured.get(environment);
        if (policies == null) {
            throw new IllegalArgumentException(environment.toString());
        }
        return policies.with(rules.dedicated(), rules.classes());
    }

    /// The class of a caller: its token's, or else that of a group, or else the default.
    public AgentClass classOf(Caller caller) {
        String named = caller.credential().agentClass();
        if (named != null) {
            return AgentClass.parse(named);
        }
        return config.groups().isEmpty() ? config.defaultClass() : ofGroups(caller);
    }

    private AgentClass ofGroups(Caller caller) {
        return caller.groups().stream()
                .sorted()
                .map(config.groups()::get)
                .filter(kind -> kind != null)
                .findFirst()
                .orElse(config.defaultClass());
    }

    private static Map<AgentClass, ClassRule> rules(Map<AgentClass, ClassSettings> settings) {
        Map<AgentClass, ClassRule> rules = new HashMap<>();
        settings.forEach((kind, said) -> rules.put(kind, rule(said)));
        return rules;
    }

    private static ClassRule rule(ClassSettings said) {
        return new ClassRule(
                number(said.sessions()),
                number(said.queueLength()),
                millis(said.queueWait()),
                millis(said.statementTimeout()),
                millis(said.idleTimeout()),
                number(said.priority()),
                number(said.share()));
    }

    private static @Nullable Integer number(OptionalInt said) {
        return said.isPresent() ? said.getAsInt() : null;
    }

    private static @Nullable Integer millis(Optional<Duration> said) {
        return said.map(duration -> Math.toIntExact(duration.toMillis())).orElse(null);
    }
}
