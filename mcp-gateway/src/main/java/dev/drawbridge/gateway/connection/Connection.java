package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/// A registered database, as it is stored and, without its secret, as it is shown.
///
/// @param tlsCaCertificate PEM of the authority to trust; null for the public ones
/// @param tlsClientCertificate PEM of what sessions show of themselves; null for nothing
/// @param mode what stands at host and port
/// @param preparedStatements whether a dedicated pooler there keeps them, as in [Endpoint]
/// @param region where host and port are; null when nobody said
/// @param endpoints other places where the same database can be reached
/// @param maxConnections sessions on the server at most, over all pools and replicas
/// @param allowWrites whether callers with `write` may change what is in it
/// @param writeMode how far they may go
/// @param databaseCredentials whether logins of the database itself may sign in for it
/// @param guard what agents may use of the database, and what not, besides the policy
/// @param cache whether results are kept without each call asking for it
/// @param networks that callers use it from; empty for anywhere
/// @param pools what agents of each class get otherwise than configured
/// @param secrets what is kept sealed beside the password, in the order in which it was made
/// @param version counts the changes; the entity tag
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connection(
        UUID id,
        @JsonIgnore String tenant,
        String name,
        String host,
        int port,
        String database,
        String username,
        @JsonIgnore String sealedPassword,
        TlsMode tlsMode,
        @Nullable String tlsCaCertificate,
        @Nullable String tlsClientCertificate,
        PoolMode mode,
        boolean preparedStatements,
        @Nullable String region,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Endpoint> endpoints,
        Environment environment,
        int maxConnections,
        boolean allowWrites,
        WriteMode writeMode,
        boolean databaseCredentials,
        Rls rls,
        GuardRules guard,
        CacheRule cache,
        PoolRules pools,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Cidr> networks,
        @JsonIgnore List<SealedSecret> secrets,
        long version,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    private static final int MOST_ENDPOINTS = 16;

    /// Checks what an administrator wrote, as a whole.
    public Connection {
        if (databaseCredentials && rls.mode() == Rls.Mode.BYPASS) {
            throw new Problem.Invalid(
                            "databaseCredentials",
                            "must be false where rls.mode is bypass: only service-role keys read"
                                    + " such a connection")
                    .exception();
        }
        if (rls.logins().size() > maxConnections) {
            throw new Problem.Invalid(
                            "maxConnections", "must be a session for each of rls.logins at least")
                    .exception();
        }
        boolean showsCertificate = secrets.stream().anyMatch(SealedSecret::isClientKey);
        if (showsCertificate != (tlsClientCertificate != null)) {
            throw new Problem.Invalid(
                            showsCertificate ? "tlsClientCertificate" : "tlsClientKey",
                            "is missing: a certificate and its key go together")
                    .exception();
        }
        if (showsCertificate && tlsMode == TlsMode.DISABLE) {
            throw new Problem.Invalid("tlsMode", "must not be disable with a client certificate")
                    .exception();
        }
        requireDistinct(host, port, endpoints);
        secrets = List.copyOf(secrets);
        endpoints = List.copyOf(endpoints);
        networks = List.copyOf(networks);
    }

    private static void requireDistinct(String host, int port, List<Endpoint> endpoints) {
        long places =
                Stream.concat(
                                Stream.of(host + ":" + port),
                                endpoints.stream().map(one -> one.host() + ":" + one.port()))
                        .map(place -> place.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count();
        if (places != 1 + endpoints.size() || endpoints.size() > MOST_ENDPOINTS) {
            throw new Problem.Invalid(
                            "endpoints",
                            "must be at most "
                                    + MOST_ENDPOINTS
                                    + " places, each one once, besides host and port")
                    .exception();
        }
    }

    /// The one that it is registered with.
    Endpoint endpoint() {
        return new Endpoint(host, port, mode, Endpoint.Role.PRIMARY, region, preparedStatements);
    }

    /// That one, and the others.
    List<Endpoint> allEndpoints() {
        return Stream.concat(Stream.of(endpoint()), endpoints.stream()).toList();
    }

    /// Whether it is known to be at all of these places.
    boolean hasAll(List<Endpoint> places) {
        return places.stream().allMatch(one -> allEndpoints().stream().anyMatch(one::isAt));
    }

    /// Those of `secrets` that sign, the newest last.
    List<SealedSecret> keys() {
        return secrets.stream().filter(SealedSecret::isKey).toList();
    }

    /// The same with other keys, one version further.
    Connection withKeys(List<SealedSecret> keys) {
        Stream<SealedSecret> others = secrets.stream().filter(one -> !one.isKey());
        return with(Stream.concat(others, keys.stream()).toList(), version + 1);
    }

    /// What a grant on this connection is on.
    ProtectedObject object() {
        return ProtectedObject.connection(id.toString());
    }

    /// Passes for a call from where the connection may be used.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`
    public void requireFrom(Reach call) {
        if (!call.isFrom(networks)) {
            throw new Problem.Forbidden("to use this connection from your network").exception();
        }
    }

    /// The same with what an administrator changed, one version further.
    ///
    /// @param kept its secrets then
    Connection with(
            ConnectionChange change, @Nullable String newSealedPassword, List<SealedSecret> kept) {
        return new Connection(
                id,
                tenant,
                or(change.name(), name),
                or(change.host(), host),
                or(change.port(), port),
                or(change.database(), database),
                or(change.username(), username),
                or(newSealedPassword, sealedPassword),
                or(change.tlsMode(), tlsMode),
                orNone(change.tlsCaCertificate(), tlsCaCertificate),
                orNone(change.tlsClientCertificate(), tlsClientCertificate),
                or(change.mode(), mode),
                or(change.preparedStatements(), preparedStatements),
                orNone(change.region(), region),
                or(change.endpoints(), endpoints),
                or(change.environment(), environment),
                or(change.maxConnections(), maxConnections),
                or(change.allowWrites(), allowWrites),
                or(change.writeMode(), writeMode),
                or(change.databaseCredentials(), databaseCredentials),
                change.rls() == null ? rls : change.rls().withoutPasswords(),
                or(change.guard(), guard),
                or(change.cache(), cache),
                or(change.pools(), pools),
                or(change.networks(), networks),
                kept,
                version + 1,
                createdAt,
                updatedAt);
    }

    /// The same with other secrets.
    ///
    /// @param version that it then has
    Connection with(List<SealedSecret> others, long version) {
        return new Connection(
                id,
                tenant,
                name,
                host,
                port,
                database,
                username,
                sealedPassword,
                tlsMode,
                tlsCaCertificate,
                tlsClientCertificate,
                mode,
                preparedStatements,
                region,
                endpoints,
                environment,
                maxConnections,
                allowWrites,
                writeMode,
                databaseCredentials,
                rls,
                guard,
                cache,
                pools,
                networks,
                others,
                version,
                createdAt,
                updatedAt);
    }

    /// What is empty takes away what was there.
    static @Nullable String orNone(@Nullable String changed, @Nullable String kept) {
        if (changed == null) {
            return kept;
        }
        return changed.isEmpty() ? null : changed;
    }

    private static <T> T or(@Nullable T changed, T kept) {
        return changed == null ? kept : changed;
    }
}
