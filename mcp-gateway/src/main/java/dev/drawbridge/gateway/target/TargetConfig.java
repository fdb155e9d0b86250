package dev.drawbridge.gateway.target;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.identity.network.CidrConverter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What reads on target databases may use, and which hosts may be reached.
@ConfigMapping(prefix = "gateway.target")
public interface TargetConfig {
    /// Whether a connection may point to loopback and private addresses. Off where tenants register
    /// connections: it would let them reach the inside of our network.
    @WithDefault("false")
    boolean allowPrivateNetworks();

    /// Networks that connections may point to although they are not public.
    Optional<List<@WithConverter(CidrConverter.class) Cidr>> allowedNetworks();

    /// Whether sessions may go to public addresses without TLS (`tlsMode` `disable`). Without this
    /// such a server must be on this machine, in a private network or in `allowed-networks`.
    @WithDefault("false")
    boolean allowUnprotected();

    /// How long one statement may run at most, whatever the class of its agent allows
    /// (`gateway.pool`).
    @WithDefault("60s")
    Duration statementTimeout();

    /// How long one statement may wait for a lock.
    @WithDefault("2s")
    Duration lockTimeout();

    /// Memory for one sort or hash of one statement, in PostgreSQL's notation.
    @WithDefault("16MB")
    String workMem();

    /// What is known of a database is forgotten when nobody has read it for so long.
    @WithDefault("300s")
    Duration idleTimeout();

    /// How many databases of one connection have sessions at the same time, for each login. A
    /// further one takes the place of the one that was not used for longest.
    @WithDefault("32")
    int databasesPerLogin();

    /// How long each part of opening a session may take: to look its host up, to connect, and from
    /// there, TLS and sign-in included, until the server is ready. A call waits no longer for it
    /// than its class allows (`gateway.pool`).
    @WithDefault("5s")
    Duration connectTimeout();

    /// Whether a server that asks for the stored password itself (PostgreSQL's method `password`)
    /// gets it although no certificate vouches for it (`tlsMode` `disable` and `require`). Without
    /// this it must be on this machine.
    @WithDefault("false")
    boolean allowClearPasswords();

    /// How many bytes a database may send for one statement, and how many they may become as JSON
    /// or as text, before the answer is cut.
    @WithDefault("2097152")
    long answerBytes();

    /// How many bytes all answers under way may hold together, from what a database sends to what a
    /// client has not taken yet. A call that would need more is refused (`OVERLOADED`). Three to
    /// five times `answer-bytes` for each large answer at once; a fifth of the heap is on the safe
    /// side.
    @WithDefault("33554432")
    long allAnswersBytes();
}
