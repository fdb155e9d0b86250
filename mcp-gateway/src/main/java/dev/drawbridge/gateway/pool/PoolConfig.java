package dev.drawbridge.gateway.pool;

import dev.drawbridge.identity.AgentClass;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How many sessions agents get on the databases, and how long they wait for one.
@ConfigMapping(prefix = "gateway.pool")
public interface PoolConfig {
    /// The class of callers whose token names none and whose groups say nothing either: people,
    /// sessions, tokens of an OIDC provider.
    @WithDefault("persistent")
    AgentClass defaultClass();

    /// The class of callers whose token names none, by a group that they are in. Of several groups
    /// the first in the order of the alphabet counts.
    Map<String, AgentClass> groups();

    /// What is to be otherwise for a class (`persistent`, `serverless`, `edge` or
    /// `high-performance`) than by default, in every environment.
    Map<AgentClass, ClassSettings> classes();

    /// What is to be otherwise in one environment (`dev`, `staging` or `prod`), by class.
    Map<Environment, Map<AgentClass, ClassSettings>> environments();

    /// A session lives for so long at most, less up to a fifth of it, so that not all end at once.
    @WithDefault("45m")
    Duration maxLifetime();

    /// A pool opens another session once a call waits, or is going to wait, for longer than this.
    @WithDefault("1ms")
    Duration growAfter();

    /// Settings of one class. What is left out is as by default.
    interface ClassSettings {
        /// How many sessions one identity uses at the same time at most. By default, in `dev`,
        /// `staging` and `prod`: persistent 2, 5, 10; serverless 1, 2, 2; edge 1, 1, 2;
        /// high-performance 5, 10, 20.
        OptionalInt sessions();

        /// How many calls of the class may wait for a database. By default 1000.
        OptionalInt queueLength();

        /// How long a call waits at most. By default: persistent 5 s, serverless 1 s, edge 2 s,
        /// high-performance 5 s.
        Optional<Duration> queueWait();

        /// How long one statement may run. By default: persistent 30 s, serverless 5 s, edge 3 s,
        /// high-performance 60 s.
        Optional<Duration> statementTimeout();

        /// After which time a session that nobody uses is closed. By default: persistent 300 s,
        /// serverless 10 s, edge 15 s, high-performance 600 s.
        Optional<Duration> idleTimeout();

        /// 1 to 3: of sessions that are scarce a class gets twice as many as one below. By default:
        /// persistent 2, serverless 1, edge 1, high-performance 3.
        OptionalInt priority();

        /// Percent of a connection's sessions that the class may have at most. By default:
        /// persistent 90, serverless 80, edge 80, high-performance 100.
        OptionalInt share();
    }
}
