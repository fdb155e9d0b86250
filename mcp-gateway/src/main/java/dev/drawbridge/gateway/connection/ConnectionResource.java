package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

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
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Registering, changing and trying connections.
@Path(ConnectionResource.PATH)
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class ConnectionResource {
    static final String PATH = "/api/v1/connections";

    private static final ProtectedObject AREA = ProtectedObject.admin("connections");

    private final ConnectionRepository repository;
    private final Connections connections;
    private final ConnectionSecrets secrets;
    private final ConnectionCheck check;
    private final CurrentCaller current;
    private final ObjectMapper json;
    private final RecordedConnections recorded;

    ConnectionResource(
            ConnectionRepository repository,
            Connections connections,
            ConnectionSecrets secrets,
            ConnectionCheck check,
            CurrentCaller current,
            ObjectMapper json,
            RecordedConnections recorded) {
        this.repository = repository;
        this.connections = connections;
        this.secrets = secrets;
        this.check = check;
        this.current = current;
        this.json = json;
        this.recorded = recorded;
    }

    /// A page of connections.
    public record Page(List<Connection> items, @Nullable String nextCursor) {}

    @GET
    public Page list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor) {
        int most = limit == null ? 100 : limit;
        if (most < 1 || most > 1_000) {
            throw new Problem.Invalid("limit", "must be 1 to 1000").exception();
        }
        List<Connection> rest =
                connections.known(current.get()).stream()
                        .filter(one -> cursor == null || one.name().compareTo(cursor) > 0)
                        .toList();
        return rest.size() <= most
                ? new Page(rest, null)
                : new Page(rest.subList(0, most), rest.get(most - 1).name());
    }

    @GET
    @Path("{id}")
    public Response get(String id) {
        return tagged(Response.ok(), connections.getKnown(current.get(), id));
    }

    @POST
    public Response create(
            ConnectionChange wanted,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey) {
        Caller caller = current.require(Level.ADMIN, AREA);
        wanted.requireComplete();
        String digest = digest(wanted);
        if (idempotencyKey != null) {
            var made = repository.findMade(caller.tenant(), idempotencyKey);
            if (made.isPresent()) {
                return replay(caller, made.get(), digest);
            }
        }
        UUID id = Db.newId();
        Connection made = fresh(id, caller.tenant(), wanted);
        check.check(caller, made);
        recorded.insert(caller, made, idempotencyKey, digest);
        connections.refresh();
        return created(stored(caller, id));
    }

    @PATCH
    @Path("{id}")
    public Response change(
            String id,
            ConnectionChange change,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = current.get();
        Connection before = connections.administered(caller, id);
        if (ifMatch == null) {
            throw new Problem.VersionRequired("connection").exception();
        }
        requireVersion(ifMatch, before);
        change.requirePasswordFor(before);
        String password = change.password();
        Connection after =
                before.with(
                        change,
                        password == null ? null : secrets.sealPassword(before.id(), password),
                        secrets.kept(before.id(), change, before.secrets()));
        check.check(caller, after);
        if (!recorded.update(caller, before, after)) {
            throw new Problem.StaleVersion("connection").exception();
        }
        connections.refresh();
        return tagged(Response.ok(), stored(caller, before.id()));
    }

    @DELETE
    @Path("{id}")
    public void delete(String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = current.get();
        Connection before = connections.administered(caller, id);
        if (ifMatch != null) {
            requireVersion(ifMatch, before);
        }
        recorded.delete(caller, before);
        connections.refresh();
    }

    @POST
    @Path("{id}/test")
    public ConnectionCheck.Outcome test(String id) {
        Caller caller = current.get();
        Connection connection = connections.administered(caller, id);
        return recorded.test(caller, connection, () -> check.test(caller, connection));
    }

    /// The databases of a server that the caller's sessions may connect to.
    public record Databases(List<String> items) {}

    @GET
    @Path("{id}/databases")
    public Databases databases(String id) {
        Caller caller = current.get();
        Connection connection =
                connections.readable(caller, id, connections.get(caller, id).database());
        connection.requireFrom(new Reach(current.clientAddress()));
        return new Databases(
                check.databases(
                        caller, connections.target(caller, connection), connection.database()));
    }

    private Response replay(Caller caller, ConnectionRepository.Made made, String digest) {
        if (!made.digest().equals(digest)) {
            throw new Problem.Conflict("This Idempotency-Key was used for another request.")
                    .exception();
        }
        return created(stored(caller, made.id()));
    }

    private Connection stored(Caller caller, UUID id) {
        return repository
                .find(caller.tenant(), id)
                .orElseThrow(() -> new Problem.NotFound("connection", id.toString()).exception());
    }

    private Connection fresh(UUID id, String tenant, ConnectionChange wanted) {
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        Rls rls = orElse(wanted.rls(), Rls.NONE);
        String host = Objects.requireNonNull(wanted.host());
        int port = orElse(wanted.port(), Endpoint.DEFAULT_PORT);
        return new Connection(
                id,
                tenant,
                Objects.requireNonNull(wanted.name()),
                host,
                port,
                Objects.requireNonNull(wanted.database()),
                Objects.requireNonNull(wanted.username()),
                secrets.sealPassword(id, orElse(wanted.password(), "")),
                orElse(wanted.tlsMode(), TlsMode.VERIFY_FULL),
                Connection.orNone(wanted.tlsCaCertificate(), null),
                Connection.orNone(wanted.tlsClientCertificate(), null),
                orElse(wanted.mode(), PoolMode.of(host, port)),
                orElse(wanted.preparedStatements(), false),
                Connection.orNone(wanted.region(), null),
                orElse(wanted.endpoints(), List.of()),
                orElse(wanted.environment(), Environment.PROD),
                orElse(wanted.maxConnections(), ConnectionChange.DEFAULT_MAX_CONNECTIONS),
                orElse(wanted.allowWrites(), false),
                orElse(wanted.writeMode(), WriteMode.DML),
                orElse(wanted.databaseCredentials(), false),
                rls.withoutPasswords(),
                orElse(wanted.guard(), GuardRules.NONE),
                orElse(wanted.cache(), CacheRule.NONE),
                orElse(wanted.pools(), PoolRules.NONE),
                orElse(wanted.networks(), List.of()),
                secrets.kept(id, wanted, List.of()),
                1,
                now,
                now);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Response created(Connection connection) {
        return tagged(Response.created(URI.create(PATH + "/" + connection.id())), connection);
    }

    private static Response tagged(Response.ResponseBuilder answer, Connection connection) {
        return answer.entity(connection).header(HttpHeaders.ETAG, tag(connection)).build();
    }

    /// RFC 9110 section 13.1.1: `*` is any version.
    private static void requireVersion(String ifMatch, Connection present) {
        if (!ifMatch.equals("*") && !ifMatch.equals(tag(present))) {
            throw new Problem.StaleVersion("connection").exception();
        }
    }

    private static String tag(Connection connection) {
        return "\"" + connection.version() + "\"";
    }

    /// Of everything that was sent but the secrets, so that a repeated key is known to repeat the
    /// request.
    private String digest(ConnectionChange wanted) {
        try {
            return HexFormat.of()
                    .formatHex(Digest.of(json.writeValueAsString(wanted.withoutSecrets())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
