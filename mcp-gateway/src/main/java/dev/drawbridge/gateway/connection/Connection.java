package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.cache.CacheRule;
import dev.drawbridge.gateway.catalog.GuardRules;
import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.PoolRules;
import dev.drawbridge.gateway.sqlguard.WriteMode;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// A registered database, as it is stored and, without its secret, as it is shown.
///
/// @param tlsCaCertificate PEM of the authority to trust; null for the public ones
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
        PoolMode mode,
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
        secrets = List.copyOf(secrets);
        networks = List.copyOf(networks);
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

    /// How somebody opens sessions with a login of the database that is their own. Nothing says who
    /// asks but the login itself.
    ///
    /// @param login what tells these sessions from all others
    /// @param classes what agents of each class get
    public Target loginTarget(UUID login, String name, String password, ClassPolicies classes) {
        return new Target(
                id,
                version,
                host,
                port,
                name,
                password,
                tlsMode,
                tlsCaCertificate,
                mode,
                maxConnections,
                Rls.NONE,
                login,
                null,
                classes);
    }

    /// The same with what an administrator changed, one version further.
    Connection with(ConnectionChange change, @Nullable String newSealedPassword) {
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
                change.tlsCaCertificate() == null ? tlsCaCertificate : change.tlsCaCertificate(),
                or(change.mode(), mode),
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
                secrets,
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
                mode,
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

    private static <T> T or(@Nullable T changed, T kept) {
        return changed == null ? kept : changed;
    }
}
