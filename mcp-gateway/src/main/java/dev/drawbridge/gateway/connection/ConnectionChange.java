package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What an administrator sends to register or change a connection. Null is left as it is, or takes
/// its default; an empty `region`, `endpoints`, `tlsCaCertificate` or `tlsClientCertificate` takes
/// it away.
///
/// @param url a connection string, taken apart at once: its parts become the fields, and it is kept
///   nowhere
public record ConnectionChange(
        @Nullable String name,
        @Nullable String url,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String username,
        @Nullable String password,
        @Nullable TlsMode tlsMode,
        @Nullable String tlsCaCertificate,
        @Nullable String tlsClientCertificate,
        @Nullable String tlsClientKey,
        @Nullable PoolMode mode,
        @Nullable Boolean preparedStatements,
        @Nullable String region,
        @Nullable List<Endpoint> endpoints,
        @Nullable Environment environment,
        @Nullable Integer maxConnections,
        @Nullable Boolean allowWrites,
        @Nullable WriteMode writeMode,
        @Nullable Boolean databaseCredentials,
        @Nullable Rls rls,
        @Nullable GuardRules guard,
        @Nullable CacheRule cache,
        @Nullable PoolRules pools,
        @Nullable List<Cidr> networks) {
    static final int DEFAULT_MAX_CONNECTIONS = 20;
    private static final String ELSEWHERE =
            "must be sent with another host, port, endpoint or tlsCaCertificate, or a weaker"
                    + " tlsMode";
    private static final int MOST_NETWORKS = 50;
    private static final int LONGEST_PASSWORD = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");

    public ConnectionChange {
        if (url != null) {
            var parts = ConnectionUrl.parse(url);
            Endpoint first = parts.endpoints().getFirst();
            host = only("host", host, first.host());
            port = only("port", port, first.port());
            username = only("username", username, parts.username());
            password = only("password", password, parts.password());
            database = only("database", database, parts.database());
            tlsMode = only("tlsMode", tlsMode, parts.tlsMode());
            mode = mode == null && first.mode() != PoolMode.DIRECT ? first.mode() : mode;
            endpoints = only("endpoints", endpoints, parts.others());
            url = null;
        }
        check(
                "name",
                name == null || NAME.matcher(name).matches(),
                "must be 1 to 63 letters, digits, spaces, dots, dashes or underscores");
        check("host", host == null || Endpoint.isHost(host), "must be one host name or address");
        check("port", port == null || Endpoint.isPort(port), "must be 1 to 65535");
        requireFit("database", database);
        requireFit("username", username);
        check("password", password == null || password.length() <= LONGEST_PASSWORD, "is too long");
        check(
                "maxConnections",
                maxConnections == null || (maxConnections >= 1 && maxConnections <= 1_000),
                "must be 1 to 1000");
        check(
                "networks",
                networks == null
                        || (networks.size() <= MOST_NETWORKS
                                && networks.stream().allMatch(Objects::nonNull)),
                "must be at most " + MOST_NETWORKS);
    }

    /// What is said in one place.
    private static <T> @Nullable T only(String field, @Nullable T declared, @Nullable T inUrl) {
        check(
                field,
                declared == null || inUrl == null || declared.equals(inUrl),
                "is something else in the url");
        return declared == null ? inUrl : declared;
    }

    /// Checks that nothing is missing that a new connection needs. A client certificate may stand
    /// for a password.
    void requireComplete() {
        check("name", name != null, "is missing");
        check("host", host != null, "is missing");
        check("database", database != null, "is missing");
        check("username", username != null, "is missing");
        check("password", password != null || tlsClientKey != null, "is missing");
    }

    /// Whether sessions show no certificate any more.
    boolean dropsClientCertificate() {
        return tlsClientCertificate != null && tlsClientCertificate.isEmpty();
    }

    /// Checks that who sends the stored password to another server, or to one that proves less of
    /// who it is, knows that password.
    void requirePasswordFor(Connection before) {
        boolean elsewhere =
                differs(host, before.host())
                        || differs(port, before.port())
                        || differs(tlsCaCertificate, before.tlsCaCertificate())
                        || (endpoints != null && !before.hasAll(endpoints))
                        || (tlsMode != null && tlsMode.compareTo(before.tlsMode()) < 0);
        if (elsewhere) {
            check("password", password != null, ELSEWHERE);
            Rls after = rls == null ? before.rls() : rls;
            after.logins()
                    .forEach((name, login) ->
                            check(
                                    "rls.logins." + name + ".password",
                                    login.password() != null,
                                    ELSEWHERE));
        }
    }

    private static boolean differs(@Nullable Object wanted, @Nullable Object present) {
        return wanted != null && !wanted.equals(present);
    }

    private static void requireFit(String field, @Nullable String name) {
        if (name != null) {
            StartupName.require(field, name);
        }
    }

    private static void check(String field, boolean good, String otherwise) {
        if (!good) {
            throw new Problem.Invalid(field, otherwise).exception();
        }
    }

    /// The same without its secrets, for a digest that may be stored.
    ConnectionChange withoutSecrets() {
        return new ConnectionChange(
                name,
                null,
                host,
                port,
                database,
                username,
                null,
                tlsMode,
                tlsCaCertificate,
                tlsClientCertificate,
                null,
                mode,
                preparedStatements,
                region,
                endpoints,
                environment,
                maxConnections,
                allowWrites,
                writeMode,
                databaseCredentials,
                rls == null ? null : rls.withoutPasswords(),
                guard,
                cache,
                pools,
                networks);
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "change of connection " + name;
    }
}
